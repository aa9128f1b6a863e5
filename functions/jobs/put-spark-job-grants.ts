import type { RouteInput, Routes } from '../../shared/contract/api.ts';
import type { GrantsView } from '../../shared/contract/grants.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { sharedSparkJob } from '../../shared/domain/shared-objects.ts';
import { changeSharing, type ChangeSharingDependencies } from '../access/change-sharing.ts';
import { permittedSparkJob, type JobLookup } from '../access/permitted-run.ts';

type PutSparkJobGrantsDependencies = JobLookup & ChangeSharingDependencies;

/** Replaces the whole list. @throws NotFound, Forbidden; InvalidInput naming entries */
export const putSparkJobGrants =
  (deps: PutSparkJobGrantsDependencies) =>
  async ({ identifier, grants }: RouteInput<Routes['putSparkJobGrants']>, person: Caller): Promise<GrantsView> => {
    const { job } = await permittedSparkJob(deps, identifier, person, 'share');
    const object = { kind: 'spark-job', id: identifier } as const;
    return changeSharing(deps)(
      { shared: sharedSparkJob(job), ownerId: job.ownerId, grants, action: 'spark-job.share', object },
      person,
    );
  };
