import type { GrantsView } from '../../shared/contract/grants.ts';
import type { Person } from '../../shared/domain/person.ts';
import { permittedSparkJob, type JobLookup } from '../access/permitted-run.ts';
import type { Sharing } from '../access/sharing.ts';

/** @throws NotFound */
export const getSparkJobGrants =
  ({ sharing, ...lookup }: JobLookup & { readonly sharing: Pick<Sharing, 'view'> }) =>
  async ({ identifier }: { readonly identifier: string }, person: Person): Promise<GrantsView> => {
    const { job } = await permittedSparkJob(lookup, identifier, person, 'view');
    return sharing.view({ kind: 'sparkJob', id: job.id });
  };
