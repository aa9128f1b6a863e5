import type { SparkJobSortField } from '../../shared/contract/spark-job.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';
import type { Searchable } from '../../shared/domain/search.ts';
import type { SearchedSparkJob, SparkJob } from '../../shared/domain/spark-job.ts';
import { keptLists, type KeptList } from '../access/kept-list.ts';
import type { Listed } from '../access/shared-list.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';

/** A job as it is searched: its grants are read only of those on the page. */
type Searched = Pick<Listed<SearchedSparkJob>, 'item'>;

export const SEARCHABLE_SPARK_JOBS: Searchable<Searched, SparkJobSortField> = {
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

/** Of one person, or of everybody where the id is null. */
export const readSparkJobs =
  (jobs: Pick<SparkJobRepository, 'list'>, ownerId: string | null) =>
  async (page: PageRequest): Promise<Page<Listed<SparkJob>>> => {
    const { items, cursor } = await jobs.list(ownerId, page);
    return { items: items.map((item) => ({ item, grants: [] })), cursor };
  };

/** The jobs of one person, or of everybody where the id is null, who may have thousands. */
export type KeptSparkJobs = (
  ownerId: string | null,
) => KeptList<Listed<SparkJob>, Searched> & { readonly read: (page: PageRequest) => Promise<Page<Searched>> };

export const keptSparkJobs = (jobs: Pick<SparkJobRepository, 'find' | 'searched'>, clock: Clock): KeptSparkJobs => {
  const lists = keptLists<Listed<SparkJob>, Searched>(clock, async ({ item: { id, identifier } }) => {
    const item = await jobs.find(identifier);
    return item?.id === id ? { item, grants: [] } : null;
  });
  return (ownerId) => ({
    ...lists(ownerId ?? ''),
    async read(page) {
      const { items, cursor } = await jobs.searched(ownerId, page);
      return { items: items.map((item) => ({ item })), cursor };
    },
  });
};
