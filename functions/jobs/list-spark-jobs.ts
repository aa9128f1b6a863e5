import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { Forbidden } from '../../shared/domain/errors.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';
import { seesEverySparkJob, type Person } from '../../shared/domain/person.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { grantsFor } from '../access/permitted-object.ts';
import { searchedPage } from '../access/searched-list.ts';
import { sharedList, type Listed } from '../access/shared-list.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import { readSparkJobs, SEARCHABLE_SPARK_JOBS, type KeptSparkJobs } from './searchable-spark-jobs.ts';
import { HAS_STATUS } from './spark-job-status.ts';
import { listedSparkJobView } from './spark-job-view.ts';

type Route = Routes['listSparkJobs'];

interface ListSparkJobsDependencies {
  readonly jobs: Pick<SparkJobRepository, 'list' | 'find'>;
  readonly kept: KeptSparkJobs;
  readonly grants: Pick<GrantRepository, 'heldBy' | 'on'>;
}

/** @throws Forbidden if a person who is neither job maintainer nor admin asks for the jobs of all people */
export const listSparkJobs =
  (deps: ListSparkJobsDependencies) =>
  async ({ owner, status, ...request }: RouteInput<Route>, person: Person): Promise<RouteOutput<Route>> => {
    const page = await searchedPage(reader(deps, owner, person), request, SEARCHABLE_SPARK_JOBS, {
      ...(owner !== 'shared' && { kept: deps.kept(owner === 'all' ? null : person.id) }),
      ...(status !== 'all' && { wanted: ({ item }) => HAS_STATUS[status](item) }),
    });
    const items = page.items.map(async ({ item, grants }) => {
      const held = owner === 'all' ? await grantsFor(deps.grants, { object: item, kind: 'sparkJob' }, person) : grants;
      return listedSparkJobView(item, person, held);
    });
    return { ...page, items: await Promise.all(items) };
  };

const reader = (
  { jobs, grants }: ListSparkJobsDependencies,
  owner: RouteInput<Route>['owner'],
  person: Person,
): ((page: PageRequest) => Promise<Page<Listed<SparkJob>>>) => {
  if (owner === 'all' && !seesEverySparkJob(person))
    throw new Forbidden('Only job maintainers and admins may list the Spark jobs of all people.');
  if (owner !== 'shared') return readSparkJobs(jobs, owner === 'all' ? null : person.id);
  return sharedList<SparkJob>(
    {
      kind: 'sparkJob',
      grants,
      async load({ object }) {
        const job = await jobs.find(object.key);
        return job?.id === object.id && job.ownerId !== person.id ? job : null;
      },
      positionOf: (job) => job,
    },
    person,
  );
};
