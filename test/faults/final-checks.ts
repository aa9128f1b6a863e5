import { mailStateOf, type MailRecord } from '../../shared/domain/mail-record.ts';
import { isActive } from '../../shared/domain/expiring.ts';
import { nextOccurrence, standsForOccurrence } from '../../shared/domain/occurrences.ts';
import { hasTimedOut, isFinalRun } from '../../shared/domain/run.ts';
import { isEnded, type Workload } from '../../shared/domain/workload.ts';
import type { SimulatedEmr } from './emr.ts';
import { hasEnded } from './emr-workload.ts';
import type { JobScheduler } from './job-scheduler.ts';
import type { Ledger } from './ledger.ts';
import type { Tables } from './tables.ts';
import type { RunJobRequest } from '../../shared/contract/run-job.ts';
import { toInstant, wholeSecond } from '../../shared/domain/instant.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';

const MINUTE = 60_000;

/** By then EMR's news are known. */
const SETTLED_MINUTES = 120;

/** By then an occurrence has a run or a reason: a previous run of three hours may hold it up, or one after another. */
const HANDLED_MINUTES = 300;

/** How often an execution looks whether the run before has ended, and some minutes more. */
const LOOKS_AGAIN_MINUTES = 15;

/** Of a mail over a day, in which they become rare. */
const MANY_ATTEMPTS = 10;

interface World {
  readonly mailRecords: { all(): readonly MailRecord[] };
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

export const workloadsOf = ({ items }: Pick<Tables, 'items'>): readonly (readonly [string, Workload])[] => [
  ...[...items.clusters.values()].map(({ identifier, workload }) => [`The cluster ${identifier}`, workload] as const),
  ...[...items.sessions.values()].map(({ name, workload }) => [`The session ${name}`, workload] as const),
  ...[...items.jobs.values()].flatMap(({ identifier, latestRun }) =>
    latestRun === null ? [] : [[`The run ${latestRun.id} of ${identifier}`, latestRun.workload] as const],
  ),
];

/** What must hold once everything has had its time: all are told. */
export const finalChecks = ({ tables, mailRecords, emr, scheduler, ledger, executions }: World): void => {
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

  const waiting = new Set(
    executions()
      .filter(({ status }) => status === 'RUNNING')
      .map(({ input }) => JSON.parse(input) as RunJobRequest)
      .map((request) => `${request.jobId} ${wholeSecond(toInstant(Date.parse(request.occurrence)))}`),
  );
  const looked = toInstant(Date.now() - LOOKS_AGAIN_MINUTES * MINUTE);
  const isHeldUp = ({ latestRun }: SparkJob, occurrence: string): boolean =>
    latestRun !== null &&
    (!isFinalRun(latestRun) || (latestRun.workload.finishedAt ?? '') > looked) &&
    waiting.has(`${latestRun.jobId} ${occurrence}`);
  for (const { jobId, identifier, occurrence } of scheduler.fired) {
    const job = jobs.find(({ id }) => id === jobId);
    if (occurrence > handled || job === undefined || isHeldUp(job, occurrence)) continue;
    if (!runs.some((run) => run.jobId === jobId && standsForOccurrence(run, occurrence)))
      violated(`${identifier} has neither run nor reason for ${occurrence}`);
  }

  for (const { name, status, startedAt, input } of executions())
    if (status === 'RUNNING' && toInstant(startedAt) < toInstant(Date.now() - 30 * 60 * MINUTE))
      violated(`The execution ${name} still runs: ${input}`);

  // What SES refuses a day long is told to admins, who can send it again.
  const givenUp = mailRecords
    .all()
    .filter((record) => mailStateOf(record) === 'failed' && record.attempts >= MANY_ATTEMPTS);
  const isGivenUp = (recordId: string): boolean => givenUp.some(({ id }) => id === recordId);
  for (const [recordId, { what }] of ledger.wanted) {
    const sendings = ledger.sent.get(recordId) ?? [];
    if (sendings.length === 0 && !isGivenUp(recordId)) violated(`The mail ${what} was lost`);
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
  for (const [operation, times] of emr.throttled) violated(`EMR throttled ${operation} ${times} times`);
};
