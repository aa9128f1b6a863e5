import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { Forbidden } from '../../shared/domain/errors.ts';
import { seesEverySparkJob, type Person } from '../../shared/domain/person.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import { listedSparkJobView } from './spark-job-view.ts';

type Route = Routes['listSparkJobs'];

/** @throws Forbidden if a person who is neither job maintainer nor admin asks for the jobs of all people */
export const listSparkJobs =
  ({ jobs }: { readonly jobs: SparkJobRepository }) =>
  async ({ owner, limit, cursor }: RouteInput<Route>, person: Person): Promise<RouteOutput<Route>> => {
    if (owner === 'all' && !seesEverySparkJob(person))
      throw new Forbidden('Only job maintainers and admins may list the Spark jobs of all people.');
    // Sharing does not exist yet, so this list is empty.
    if (owner === 'shared') return { items: [], cursor: null };
    const page = await jobs.list(owner === 'all' ? null : person.id, { limit, cursor });
    return { items: page.items.map((job) => listedSparkJobView(job, person)), cursor: page.cursor };
  };
