import { NotFound } from '../../shared/domain/errors.ts';
import { endedWithJob } from '../../shared/domain/run-outcome.ts';
import { isFinalRun, type Run } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { Expiring } from '../../shared/domain/expiring.ts';
import { isBilled, meteredCluster, meteredRun, meteredSession, type Metered } from '../../shared/domain/usage.ts';
import type { Workload } from '../../shared/domain/workload.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { ExpiringRepository } from '../ports/expiring-repository.ts';
import type { SessionRepository } from '../ports/session-repository.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';

/** A workload whose usage is not closed. */
export interface OpenUsage {
  readonly metered: Metered;
  /** Names it in metrics and in the log. */
  readonly about: { readonly identifier: string; readonly size: number };
  /** Records what was learnt of the workload after its end; the answer is from then on. */
  learn(change: (workload: Workload) => Workload): Promise<OpenUsage>;
  /** Marks its usage as complete. @returns whether this call did it, and not another one before */
  close(): Promise<boolean>;
}

/** Finds the open usage of one kind. */
export interface UsageSource {
  all(): Promise<readonly OpenUsage[]>;
  findByEmrId(emrId: string): Promise<OpenUsage | null>;
}

interface ExpiringUsageDependencies<Holder extends Expiring> {
  readonly repository: Pick<ExpiringRepository<Holder, string>, 'change' | 'withOpenUsage' | 'findByEmrId'>;
  readonly meteredOf: (holder: Holder) => Metered;
  readonly nameOf: (holder: Holder) => string;
  readonly clock: Clock;
}

/** Clusters or sessions. */
const expiringUsage = <Holder extends Expiring>({
  repository,
  meteredOf,
  nameOf,
  clock,
}: ExpiringUsageDependencies<Holder>): UsageSource => {
  const open = (holder: Holder): OpenUsage => ({
    metered: meteredOf(holder),
    about: { identifier: nameOf(holder), size: holder.size },
    // What is learnt is in no answer but the cost, so it does not count as modified.
    learn: async (change) =>
      open(
        await repository.change(holder.id, (current) => {
          const workload = change(current.workload);
          return workload === current.workload ? current : { ...current, workload };
        }),
      ),
    async close() {
      let isOurs = false;
      await repository.change(holder.id, (current) => {
        isOurs = current.usageClosedAt === null;
        return isOurs ? { ...current, usageClosedAt: clock.now() } : current;
      });
      return isOurs;
    },
  });
  return {
    all: async () => (await repository.withOpenUsage()).map(open),
    async findByEmrId(emrId) {
      const holder = await repository.findByEmrId(emrId);
      return holder === null || !isBilled(holder.workload) || holder.usageClosedAt !== null ? null : open(holder);
    },
  };
};

export const clusterUsage = ({
  clusters,
  clock,
}: {
  readonly clusters: ClusterRepository;
  readonly clock: Clock;
}): UsageSource =>
  expiringUsage({ repository: clusters, meteredOf: meteredCluster, nameOf: ({ identifier }) => identifier, clock });

export const sessionUsage = ({
  sessions,
  clock,
}: {
  readonly sessions: SessionRepository;
  readonly clock: Clock;
}): UsageSource =>
  expiringUsage({ repository: sessions, meteredOf: meteredSession, nameOf: ({ name }) => name, clock });

interface RunUsageDependencies {
  readonly jobs: SparkJobRepository;
  readonly history: RunRepository;
  readonly clock: Clock;
}

/**
 * Runs, by their history. A job's item is ahead of it while the run is its latest one, so that is written first and copied; a
 * history that was not copied after a crash is repaired here.
 */
export const runUsage = ({ jobs, history, clock }: RunUsageDependencies): UsageSource => {
  const changed = async (run: Run, change: (run: Run) => Run): Promise<Run> => {
    let isLatest = false;
    const inJob = async (): Promise<SparkJob | null> => {
      try {
        return await jobs.change(run.jobIdentifier, (job) => {
          const { latestRun } = job;
          isLatest = job.id === run.jobId && latestRun?.id === run.id;
          const next = isLatest && latestRun !== null ? change(latestRun) : latestRun;
          return next === latestRun || next === null
            ? job
            : { ...job, latestRun: { ...next, version: job.version + 1 } };
        });
      } catch (error) {
        if (error instanceof NotFound) return null;
        throw error;
      }
    };
    const latestRun = (await inJob())?.latestRun ?? null;
    if (!isLatest || latestRun === null) return history.change(run, change);
    await history.record(latestRun);
    return latestRun;
  };

  const open = (run: Run): OpenUsage => ({
    metered: meteredRun(run),
    about: { identifier: run.jobIdentifier, size: run.size },
    learn: async (change) =>
      open(
        await changed(run, (current) => {
          const workload = change(current.workload);
          return workload === current.workload ? current : { ...current, workload };
        }),
      ),
    async close() {
      let isOurs = false;
      await changed(run, (current) => {
        isOurs = current.usageClosedAt === null;
        return isOurs ? { ...current, usageClosedAt: clock.now() } : current;
      });
      return isOurs;
    },
  });

  /** As the job's item has it, where its history may be behind. Where no item has it any more, its job was deleted, and a crash kept the end from the history. */
  const newest = async (run: Run): Promise<Run> => {
    if (isFinalRun(run)) return run;
    const known = await changed(run, (current) => current);
    if (isFinalRun(known)) return known;
    const job = await jobs.find(run.jobIdentifier);
    if (job?.id === run.jobId && job.latestRun?.id === run.id) return known;
    return history.change(run, (current) => (isFinalRun(current) ? current : endedWithJob(current, clock.now())));
  };

  return {
    async all() {
      const active = (await jobs.withActiveRun()).flatMap(({ latestRun }) => latestRun ?? []);
      const known = new Set(active.map(({ id }) => id));
      const others = (await history.unsettled()).filter(({ id }) => !known.has(id));
      const runs = [...active, ...(await Promise.all(others.map(newest)))];
      return runs.filter(({ workload, usageClosedAt }) => isBilled(workload) && usageClosedAt === null).map(open);
    },
    async findByEmrId(emrId) {
      const run = (await jobs.findByEmrId(emrId))?.latestRun ?? null;
      return run === null || !isBilled(run.workload) || run.usageClosedAt !== null ? null : open(run);
    },
  };
};
