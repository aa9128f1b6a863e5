import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { endingReleases, isOnEndingRelease, type EndingReleases } from '../../shared/domain/release-support.ts';
import { isOwnedBy } from '../../shared/domain/search.ts';
import type { SearchedSparkJob } from '../../shared/domain/spark-job.ts';
import { searchedPage } from '../access/searched-list.ts';
import type { Listed } from '../access/shared-list.ts';
import type { EmrReleases } from '../ports/emr-release-repository.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { readSparkJobs, SEARCHABLE_SPARK_JOBS, type KeptSparkJobs } from './searchable-spark-jobs.ts';
import { HAS_STATUS } from './spark-job-status.ts';
import { listedSparkJobView } from './spark-job-view.ts';

type Route = Routes['listAllSparkJobs'];

interface ListAllSparkJobsDependencies {
  readonly jobs: Pick<SparkJobRepository, 'list'>;
  readonly kept: KeptSparkJobs;
  readonly releases: EmrReleases;
  readonly clock: Clock;
}

/** Of everybody, for admins; none for support that ends, while no release's does. */
export const listAllSparkJobs =
  ({ jobs, kept, releases, clock }: ListAllSparkJobsDependencies) =>
  async ({ status, owner, emrRelease, ...request }: RouteInput<Route>, person: Caller): Promise<RouteOutput<Route>> => {
    const ending: EndingReleases =
      status === 'supportEnding' ? endingReleases(await releases.all(), clock.now()) : new Map();
    if (status === 'supportEnding' && ending.size === 0) return { items: [], cursor: null, total: 0 };
    const wanted = ({ item }: Pick<Listed<SearchedSparkJob>, 'item'>): boolean =>
      (status === 'supportEnding' ? isOnEndingRelease(item, ending) : HAS_STATUS[status](item)) &&
      isOwnedBy(item, owner) &&
      (emrRelease === undefined || item.emrRelease === emrRelease);
    const isNarrowed = status !== 'all' || owner !== undefined || emrRelease !== undefined;
    const page = await searchedPage(readSparkJobs(jobs, null), request, SEARCHABLE_SPARK_JOBS, {
      kept: kept(null),
      ...(isNarrowed && { wanted }),
    });
    return { ...page, items: page.items.map(({ item }) => listedSparkJobView(item, person, [])) };
  };
