import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

import type { ListedRunView } from '../../../shared/contract/run.ts';
import { useRead } from '../../lib/use-route.ts';

export type FileKind = 'results' | 'logs';

const ROUTES = { results: 'listResults', logs: 'listLogs' } as const;

/** The API's maximum for one page. */
const FILES = 100;

interface RunFilesRequest {
  readonly identifier: string;
  readonly run: Pick<ListedRunView, 'id' | 'outcome'>;
  readonly kind?: FileKind;
  readonly cursor?: string | undefined;
}

/** A page of a run's files: read again while the run goes on, and at its end, which writes the last ones. */
export const useRunFiles = ({ identifier, run, kind = 'results', cursor }: RunFilesRequest) => {
  const client = useQueryClient();
  const { id: runId } = run;
  const isRunning = run.outcome === null;
  const route = ROUTES[kind];
  useEffect(
    () => (isRunning ? () => void client.invalidateQueries({ queryKey: [route, { identifier, runId }] }) : undefined),
    [client, identifier, isRunning, route, runId],
  );
  return useRead(route, { identifier, runId, limit: FILES, cursor }, { isLive: () => isRunning });
};
