import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { SparkJobSortField } from '../../shared/contract/routes/spark-jobs.ts';
import { Forbidden } from '../../shared/domain/errors.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';
import { seesEverySparkJob, type Person } from '../../shared/domain/person.ts';
import type { Searchable } from '../../shared/domain/search.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { grantsFor } from '../access/permitted-object.ts';
import { searchedPage } from '../access/searched-list.ts';
import { sharedList, type Listed } from '../access/shared-list.ts';
import type { GrantRepository } from '../ports/grant-repository.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import { listedSparkJobView } from './spark-job-view.ts';

type Route = Routes['listSparkJobs'];

interface ListSparkJobsDependencies {
  readonly jobs: Pick<SparkJobRepository, 'list' | 'find'>;
  readonly grants: Pick<GrantRepository, 'heldBy' | 'on'>;
}

export const SEARCHABLE_SPARK_JOBS: Searchable<Listed<SparkJob>, SparkJobSortField> = {
  idOf: ({ item }) => item.id,
  textsOf: ({ item }) => [item.identifier, item.description, item.owner],
  fields: {
    identifier: ({ item }) => item.identifier,
    description: ({ item }) => item.description,
    owner: ({ item }) => item.owner,
    size: ({ item }) => item.size,
    emrRelease: ({ item }) => item.emrRelease,
    createdAt: ({ item }) => item.createdAt,
    modifiedAt: ({ item }) => item.modifiedAt,
    latestRun: ({ item }) => item.latestRun?.scheduledAt ?? null,
  },
  byDefault: '-createdAt',
};

/** @throws Forbidden if a person who is neither job maintainer nor admin asks for the jobs of all people */
export const listSparkJobs =
  (deps: ListSparkJobsDependencies) =>
  async ({ owner, ...request }: RouteInput<Route>, person: Person): Promise<RouteOutput<Route>> => {
    const page = await searchedPage(reader(deps, owner, person), request, SEARCHABLE_SPARK_JOBS);
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
  if (owner !== 'shared')
    return async (page) => {
      const { items, cursor } = await jobs.list(owner === 'all' ? null : person.id, page);
      return { items: items.map((item) => ({ item, grants: [] })), cursor };
    };
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
