import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { SparkJobStatus } from '../../shared/contract/routes/admin-lists.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { endingReleases, isOnEndingRelease, type EndingReleases } from '../../shared/domain/release-support.ts';
import { isOwnedBy } from '../../shared/domain/search.ts';
import { isRunnable, type SparkJob } from '../../shared/domain/spark-job.ts';
import { searchedPage } from '../access/searched-list.ts';
import type { EmrReleases } from '../ports/emr-release-repository.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { SEARCHABLE_SPARK_JOBS } from './list-spark-jobs.ts';
import { listedSparkJobView } from './spark-job-view.ts';

type Route = Routes['listAllSparkJobs'];

const HAS_STATUS: Readonly<Record<SparkJobStatus, (job: SparkJob, ending: EndingReleases) => boolean>> = {
  all: () => true,
  enabled: ({ isEnabled, expiredAt }) => isEnabled && expiredAt === null,
  disabled: ({ isEnabled }) => !isEnabled,
  expired: ({ expiredAt }) => expiredAt !== null,
  running: (job) => !isRunnable(job),
  failed: ({ latestRun }) => latestRun !== null && ['failed', 'timedOut', 'missed'].includes(latestRun.outcome ?? ''),
  supportEnding: isOnEndingRelease,
};

interface ListAllSparkJobsDependencies {
  readonly jobs: Pick<SparkJobRepository, 'list'>;
  readonly releases: EmrReleases;
  readonly clock: Clock;
}

/** Of everybody, for admins. Filtered, the newest thousand are read; none for support that ends, while no release's does. */
export const listAllSparkJobs =
  ({ jobs, releases, clock }: ListAllSparkJobsDependencies) =>
  async ({ status, owner, emrRelease, ...request }: RouteInput<Route>, person: Caller): Promise<RouteOutput<Route>> => {
    const isFiltered = status !== 'all' || owner !== undefined || emrRelease !== undefined;
    const ending = status === 'supportEnding' ? endingReleases(await releases.all(), clock.now()) : new Map();
    if (status === 'supportEnding' && ending.size === 0) return { items: [], cursor: null, total: 0 };
    const page = await searchedPage(
      async (part) => {
        const { items, cursor } = await jobs.list(null, part);
        const wanted = items.filter(
          (job) =>
            HAS_STATUS[status](job, ending) &&
            isOwnedBy(job, owner) &&
            (emrRelease === undefined || job.emrRelease === emrRelease),
        );
        return { items: wanted.map((item) => ({ item, grants: [] })), cursor };
      },
      { ...request, sort: request.sort ?? (isFiltered ? SEARCHABLE_SPARK_JOBS.byDefault : undefined) },
      SEARCHABLE_SPARK_JOBS,
    );
    return { ...page, items: page.items.map(({ item }) => listedSparkJobView(item, person, [])) };
  };
