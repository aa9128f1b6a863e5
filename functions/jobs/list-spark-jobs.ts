import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { Forbidden } from '../../shared/domain/errors.ts';
import { seesEverySparkJob, type Person } from '../../shared/domain/person.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import { listedSparkJobView } from './spark-job-view.ts';

type Route = Routes['listSparkJobs'];

/** @throws Forbidden where somebody else than a job maintainer or an admin asks for everybody's */
export const listSparkJobs =
  ({ jobs }: { readonly jobs: SparkJobRepository }) =>
  async ({ owner, limit, cursor }: RouteInput<Route>, person: Person): Promise<RouteOutput<Route>> => {
    if (owner === 'all' && !seesEverySparkJob(person))
      throw new Forbidden('Only job maintainers and admins may list everybody’s Spark jobs.');
    // Nobody can share a job yet, so nothing is shared with anybody.
    if (owner === 'shared') return { items: [], cursor: null };
    const page = await jobs.list(owner === 'all' ? null : person.id, { limit, cursor });
    return { items: page.items.map((job) => listedSparkJobView(job, person)), cursor: page.cursor };
  };
