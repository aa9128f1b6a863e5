import type { RunRepository, SparkJobRepository } from '../../functions/ports/spark-job-repository.ts';
import { Conflict, NotFound } from '../../shared/domain/errors.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { standsForOccurrence, upkeepDueAt } from '../../shared/domain/occurrences.ts';
import type { PageRequest } from '../../shared/domain/page.ts';
import { isFinalRun, type Run } from '../../shared/domain/run.ts';
import type { SearchedSparkJob, SparkJob } from '../../shared/domain/spark-job.ts';
import { isBilled } from '../../shared/domain/usage.ts';
import { paged } from './paged.ts';

const asSearched = (job: SparkJob): SearchedSparkJob => {
  const { id, identifier, description, owner, size, emrRelease, isEnabled, expiredAt, createdAt, modifiedAt } = job;
  const latestRun = job.latestRun && { scheduledAt: job.latestRun.scheduledAt, outcome: job.latestRun.outcome };
  const texts = { id, identifier, description, owner };
  const missed = job.latestMissed ? { latestMissed: { id: job.latestMissed.id } } : {};
  return { ...texts, size, emrRelease, isEnabled, expiredAt, createdAt, modifiedAt, latestRun, ...missed };
};

export const fakeSparkJobRepository = (...present: readonly SparkJob[]): SparkJobRepository =>
  sparkJobsIn(new Map(present.map((job) => [job.identifier, job])));

/** Jobs in a map that others may look into. */
export const sparkJobsIn = (jobs: Map<string, SparkJob>): SparkJobRepository => {
  /** Computed once for each version, as the index's key is. */
  const dueTimes = new WeakMap<SparkJob, Instant | null>();
  const dueAt = (job: SparkJob): Instant | null => {
    const known = dueTimes.get(job);
    if (known !== undefined) return known;
    const due = upkeepDueAt(job);
    dueTimes.set(job, due);
    return due;
  };
  const all = (): SparkJob[] => [...jobs.values()];
  const known = (identifier: string): SparkJob => {
    const job = jobs.get(identifier);
    if (job === undefined) throw new NotFound('Spark job', identifier);
    return job;
  };
  const list = (ownerId: string | null, page: PageRequest) => {
    const listed = all().filter((job) => ownerId === null || job.ownerId === ownerId);
    return paged(
      `jobs#${ownerId}`,
      listed.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
      page,
    );
  };
  return {
    async create(job) {
      if (jobs.get(job.identifier)?.id === job.id) return;
      if (jobs.has(job.identifier)) throw new Conflict(`Another Spark job is called ${job.identifier}.`);
      jobs.set(job.identifier, job);
    },
    get: async (identifier) => known(identifier),
    find: async (identifier) => jobs.get(identifier) ?? null,
    isIdentifierTaken: async (identifier) => jobs.has(identifier),
    findByEmrId: async (emrId) => all().find(({ latestRun }) => latestRun?.workload.emrId === emrId) ?? null,
    async change(identifier, change) {
      const current = known(identifier);
      const changed = change(current);
      if (changed === current) return current;
      const next = { ...changed, version: current.version + 1 };
      jobs.set(identifier, next);
      return next;
    },
    async delete({ id, identifier, version }) {
      const known = jobs.get(identifier);
      if (known?.id !== id) return true;
      return known.version === version && jobs.delete(identifier);
    },
    list: async (ownerId, page) => list(ownerId, page),
    async searched(ownerId, page) {
      const { items, cursor } = list(ownerId, page);
      return { items: items.map(asSearched), cursor };
    },
    activeWorkloads: async () =>
      all().flatMap(({ latestRun }) => (latestRun !== null && !isFinalRun(latestRun) ? [latestRun.workload] : [])),
    withActiveRun: async () => all().filter(({ latestRun }) => latestRun !== null && !isFinalRun(latestRun)),
    dueForUpkeep: async (moment) =>
      all().filter((job) => {
        const due = dueAt(job);
        return due !== null && due <= moment;
      }),
    withUnsentMail: async () => all().filter(({ outbox }) => outbox.length > 0),
  };
};

export const fakeRunRepository = (...present: readonly Run[]): RunRepository =>
  runsIn(new Map(present.map((run) => [`${run.jobId} ${run.id}`, run])));

/** Runs in a map that others may look into, by the ids of job and run. */
export const runsIn = (runs: Map<string, Run>): RunRepository => {
  const of = (jobId: string): Run[] =>
    [...runs.values()].filter((run) => run.jobId === jobId).toSorted((a, b) => b.id.localeCompare(a.id));
  return {
    async record(run) {
      const key = `${run.jobId} ${run.id}`;
      if ((runs.get(key)?.version ?? 0) <= run.version) runs.set(key, run);
    },
    async get(jobId, runId) {
      const run = runs.get(`${jobId} ${runId}`);
      if (run === undefined) throw new NotFound('run', runId);
      return run;
    },
    findByOccurrence: async (jobId, occurrence) =>
      of(jobId).find((run) => standsForOccurrence(run, occurrence)) ?? null,
    list: async (jobId, page) => paged(`runs#${jobId}`, of(jobId), page),
    before: async ({ jobId, id }, atMost) =>
      of(jobId)
        .filter((run) => run.id < id)
        .slice(0, atMost),
    async change({ jobId, id }, change) {
      const run = runs.get(`${jobId} ${id}`);
      if (run === undefined) throw new NotFound('run', id);
      const changed = change(run);
      if (changed === run) return run;
      const next = { ...changed, version: run.version + 1 };
      runs.set(`${jobId} ${id}`, next);
      return next;
    },
    unsettled: async () =>
      [...runs.values()].filter((run) => !isFinalRun(run) || (isBilled(run.workload) && run.usageClosedAt === null)),
    startedBetween: async (from, to) =>
      [...runs.values()].filter(
        ({ workload: { startedAt } }) => startedAt !== null && startedAt >= from && startedAt <= to,
      ),
  };
};
