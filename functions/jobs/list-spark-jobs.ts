import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { Forbidden } from '../../shared/domain/errors.ts';
import { seesEverySparkJob, type Person } from '../../shared/domain/person.ts';
import { grantsOnSparkJob, type JobLookup } from '../access/permitted-run.ts';
import { listedSparkJobView } from './spark-job-view.ts';

type Route = Routes['listSparkJobs'];

/** @throws Forbidden if a person who is neither job maintainer nor admin asks for the jobs of all people */
export const listSparkJobs =
  ({ jobs, grants }: JobLookup) =>
  async ({ owner, limit, cursor }: RouteInput<Route>, person: Person): Promise<RouteOutput<Route>> => {
    if (owner === 'all' && !seesEverySparkJob(person))
      throw new Forbidden('Only job maintainers and admins may list the Spark jobs of all people.');
    // Sharing does not exist yet, so this list is empty.
    if (owner === 'shared') return { items: [], cursor: null };
    const page = await jobs.list(owner === 'all' ? null : person.id, { limit, cursor });
    const items = page.items.map(async (job) =>
      listedSparkJobView(job, person, await grantsOnSparkJob(grants, job, person)),
    );
    return { items: await Promise.all(items), cursor: page.cursor };
  };
