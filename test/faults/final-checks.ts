import { isActive } from '../../shared/domain/expiring.ts';
import { nextOccurrence, standsForOccurrence } from '../../shared/domain/occurrences.ts';
import { hasTimedOut, isFinalRun } from '../../shared/domain/run.ts';
import { isEnded, type Workload } from '../../shared/domain/workload.ts';
import type { SimulatedEmr } from './emr.ts';
import { hasEnded } from './emr-workload.ts';
import type { JobScheduler } from './job-scheduler.ts';
import type { Ledger } from './ledger.ts';
import type { Tables } from './tables.ts';
import { toInstant } from '../../shared/domain/instant.ts';

const MINUTE = 60_000;

/** By then EMR's news are known. */
const SETTLED_MINUTES = 120;

/** By then an occurrence has a run or a reason: a previous run of three hours may hold it up. */
const HANDLED_MINUTES = 300;

interface World {
  readonly tables: Tables;
  readonly emr: SimulatedEmr;
  readonly scheduler: JobScheduler;
  readonly ledger: Ledger;
  readonly executions: () => readonly {
    readonly name: string;
    readonly status: string;
    readonly startedAt: number;
    readonly input: string;
  }[];
}

const workloadsOf = ({ items }: Tables): readonly (readonly [string, Workload])[] => [
  ...[...items.clusters.values()].map(({ identifier, workload }) => [`The cluster ${identifier}`, workload] as const),
  ...[...items.sessions.values()].map(({ name, workload }) => [`The session ${name}`, workload] as const),
  ...[...items.jobs.values()].flatMap(({ identifier, latestRun }) =>
    latestRun === null ? [] : [[`The run ${latestRun.id} of ${identifier}`, latestRun.workload] as const],
  ),
];

/** What must hold once everything has had its time: all are told. */
export const finalChecks = ({ tables, emr, scheduler, ledger, executions }: World): void => {
  const { items } = tables;
  const { violated } = ledger;
  const before = toInstant(Date.now() - SETTLED_MINUTES * MINUTE);
  const handled = toInstant(Date.now() - HANDLED_MINUTES * MINUTE);
  const workloads = workloadsOf(tables);

  for (const workload of emr.held.values()) {
    if (hasEnded(workload) || toInstant(workload.stages[0]?.at ?? 0) > before) continue;
    if (!workloads.some(([, known]) => known.emrId === workload.emrId && !isEnded(known)))
      violated(`EMR runs ${workload.name} (${workload.emrId}), of which the portal knows nothing`);
  }
  for (const [name, workload] of workloads) {
    if (workload.status === 'LAUNCHING' && workload.claimedAt < before) violated(`${name} is still a claim`);
    const inEmr = workload.emrId === null ? undefined : emr.held.get(workload.emrId);
    if (
      inEmr !== undefined &&
      hasEnded(inEmr) &&
      !isEnded(workload) &&
      toInstant(inEmr.stages.at(-1)?.at ?? 0) < before
    )
      violated(`${name} is ${workload.status}, but EMR has ended it`);
  }

  const jobs = [...items.jobs.values()];
  const runs = [...items.runs.values()];
  for (const run of runs) {
    const job = jobs.find(({ id }) => id === run.jobId);
    const isLatest = job?.latestRun?.id === run.id;
    if (!isFinalRun(run) && !isLatest) violated(`The history of ${run.jobIdentifier} has ${run.id} open`);
    if (
      isLatest &&
      isFinalRun(job.latestRun) &&
      run.outcome !== job.latestRun.outcome &&
      (job.latestRun.workload.finishedAt ?? '') < before
    )
      violated(
        `The history of ${run.jobIdentifier} has ${run.id} as ${run.outcome}, its job as ${job.latestRun.outcome}`,
      );
  }

  for (const id of scheduler.entries.keys())
    if (!jobs.some((job) => job.id === id)) violated(`There is a schedule of the job ${id}, which does not exist`);
  for (const job of jobs) {
    const next = nextOccurrence(job, toInstant(Date.now()));
    if (next !== null && !scheduler.entries.has(job.id)) violated(`${job.identifier} has no schedule`);
  }

  for (const { jobId, identifier, occurrence } of scheduler.fired) {
    if (occurrence > handled || !jobs.some(({ id }) => id === jobId)) continue;
    if (!runs.some((run) => run.jobId === jobId && standsForOccurrence(run, occurrence)))
      violated(`${identifier} has neither run nor reason for ${occurrence}`);
  }

  for (const { name, status, startedAt, input } of executions())
    if (status === 'RUNNING' && toInstant(startedAt) < toInstant(Date.now() - 30 * 60 * MINUTE))
      violated(`The execution ${name} still runs: ${input}`);

  for (const [recordId, { what }] of ledger.wanted) {
    const sendings = ledger.sent.get(recordId) ?? [];
    if (sendings.length === 0) violated(`The mail ${what} was lost`);
    const crashes = sendings.filter(({ caller, faults }) => caller !== null && caller.faults > faults).length;
    if (sendings.length - 1 > crashes)
      violated(`The mail ${what} was sent ${sendings.length} times, after ${crashes} crashes`);
  }
  for (const { identifier, latestRun } of jobs)
    if (latestRun !== null && hasTimedOut(latestRun, before))
      violated(`The run ${latestRun.id} of ${identifier} outlives its timeout`);
  for (const cluster of items.clusters.values())
    if (isActive(cluster) && cluster.expiresAt < before)
      violated(`The cluster ${cluster.identifier} outlives its expiry`);
  for (const [call, times] of Object.entries(emr.throttled))
    if (times > 0 && ['runJobFlow', 'startJobRun'].includes(call)) violated(`EMR throttled ${call} ${times} times`);
};
