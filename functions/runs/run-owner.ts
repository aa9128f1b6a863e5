import { auditedRun } from '../../shared/domain/audit.ts';
import { runMetrics } from '../../shared/domain/metrics.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import { withRunWorkload, type NotebookOutcome } from '../../shared/domain/run-outcome.ts';
import { isFinalRun, type Run } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { isEnded, type Workload } from '../../shared/domain/workload.ts';
import type { RunFiles } from '../ports/run-files.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { metrics } from '../runtime/metrics.ts';
import type { WorkloadOwner } from '../workloads/workload-owner.ts';
import type { DeliverMails, PublishRunEnd } from './publish-run-end.ts';

interface RunOwnerDependencies {
  readonly jobs: SparkJobRepository;
  readonly history: RunRepository;
  readonly files: Pick<RunFiles, 'outcome'>;
  readonly publishRunEnd: PublishRunEnd;
  readonly deliverMails: DeliverMails;
  readonly clock: Clock;
}

/** A job with its latest run, whose workload is the one that goes on. */
export interface LatestRun {
  readonly job: SparkJob;
  readonly run: Run;
}

type Transition = (workload: Workload, holder: LatestRun) => Workload;

export type RunOwner = (latest: LatestRun) => WorkloadOwner<LatestRun>;

/** The job's latest run; null if it has none. */
export const latestRunOf = (job: SparkJob): LatestRun | null =>
  job.latestRun === null ? null : { job, run: job.latestRun };

/**
 * A latest run as the owner of its workload. What makes the run final is refined by what the notebook step wrote, which is
 * read before; mails are part of the same write; the history, the workflow and the owner are told after it.
 */
export const runOwner = ({ jobs, history, publishRunEnd, deliverMails, ...deps }: RunOwnerDependencies): RunOwner => {
  const owning: RunOwner = (known) => {
    const { id: jobId, identifier } = known.job;
    const { id } = known.run;
    const latestIn = (job: SparkJob): LatestRun => {
      const latest = job.id === jobId ? latestRunOf(job) : null;
      if (latest?.run.id !== id) throw new NotFound('run', id);
      return latest;
    };

    /** @param notebook what its step wrote; undefined: not read yet */
    const write = async (transition: Transition, notebook?: NotebookOutcome | null) => {
      let before = known;
      let needsNotebook = false;
      const job = await jobs.change(identifier, (current) => {
        before = latestIn(current);
        const { run } = before;
        const workload = transition(run.workload, before);
        needsNotebook = notebook === undefined && !isFinalRun(run) && isEnded(workload) && workload.emrId !== null;
        return needsNotebook
          ? current
          : withRunWorkload(current, run, workload, { notebook: notebook ?? null, now: deps.clock.now() });
      });
      return { before, after: latestIn(job), needsNotebook };
    };

    const publish = async (before: LatestRun, { job, run }: LatestRun): Promise<void> => {
      if (run === before.run) return;
      if (isFinalRun(run) && !isFinalRun(before.run)) return publishRunEnd(job, run);
      await history.record(run);
      if (job.outbox.length > before.job.outbox.length) await deliverMails(job);
    };

    return {
      holder: known,
      workload: known.run.workload,
      evidence: { job: identifier, runId: id },
      audited: auditedRun(identifier, id),
      named: {},
      async change(transition) {
        const first = await write(transition);
        const { before, after } = first.needsNotebook
          ? await write(transition, await deps.files.outcome(first.after.run))
          : first;
        metrics.record(runMetrics(before.run, after.run));
        await publish(before, after);
        return owning(after);
      },
    };
  };
  return owning;
};
