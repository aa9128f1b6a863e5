import { useQueryClient } from '@tanstack/react-query';

import type { RouteName } from '../../../shared/contract/api.ts';

/** Reads a document again after a change of it, with its history and what pages show of it. */
export const useReloadDocument = (read: RouteName): (() => void) => {
  const client = useQueryClient();
  return () => {
    for (const name of [read, 'listDocumentVersions', 'getMe']) void client.invalidateQueries({ queryKey: [name] });
  };
};
