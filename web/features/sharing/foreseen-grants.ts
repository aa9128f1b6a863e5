import type { GrantEntry, GrantsView } from '../../../shared/contract/grants.ts';

/**
 * What a change of grants will answer, where the page knows: somebody is removed, or may do other things. Whom a new entry
 * means is for the server to find out.
 */
export const foreseenGrants =
  (queryKey: readonly unknown[], present: GrantsView | undefined) =>
  ({ grants }: { readonly grants: readonly GrantEntry[] }) =>
    grants.every(({ to }) => present?.grants.some((known) => known.to === to))
      ? { queryKey, output: { grants } }
      : null;
