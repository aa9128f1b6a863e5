import { isFinalState, type EmrObservation } from '../../shared/domain/emr-state.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import { followingEmr } from '../../shared/domain/run-outcome.ts';
import { isFinalRun, type Run } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import type { AnnounceRunEnd } from './announce-run-end.ts';
import type { PassOnRunTermination } from './pass-on-run-termination.ts';
import type { RunFiles } from '../ports/run-files.ts';

export interface FollowRunDependencies {
  readonly jobs: SparkJobRepository;
  readonly history: RunRepository;
  readonly files: Pick<RunFiles, 'outcome'>;
  readonly announceRunEnd: AnnounceRunEnd;
  readonly passOnTermination: PassOnRunTermination;
  readonly clock: Clock;
}

export type FollowRun = (job: SparkJob, seen: EmrObservation) => Promise<SparkJob>;

/** Someone wants the end of a cluster that EMR still runs: asked for while there was no jobflow id, or what EMR took came to nothing. */
const owesTermination = (before: Run, run: Run, seen: EmrObservation): boolean => {
  if (isFinalState(seen.state) || seen.state === 'TERMINATING') return false;
  return isFinalRun(run) ? before.jobflowId === null && run.jobflowId !== null : run.termination !== null;
};

/**
 * Applies what EMR said to a job's latest run. What makes the run final is refined by what the notebook step wrote,
 * owes its mail in the same write, and ends the workflow's wait.
 * @throws AwsThrottled, AwsFailed where S3 or EMR cannot be asked: nothing was written then, and the next sweep repeats it
 */
export const followRun =
  ({ jobs, history, files, announceRunEnd, passOnTermination, clock }: FollowRunDependencies): FollowRun =>
  async (job, seen) => {
    const before = job.latestRun;
    if (before === null) return job;
    const isEnd = isFinalState(seen.state) && !isFinalRun(before);
    const notebook = isEnd ? await files.outcome(before) : null;
    try {
      const followed = await jobs.change(job.identifier, (current) =>
        current.id === job.id ? followingEmr(current, before.id, { seen, notebook, now: clock.now() }) : current,
      );
      const run = followed.latestRun;
      if (run?.id !== before.id) return followed;
      if (isFinalRun(run) && !isFinalRun(before)) await announceRunEnd(followed, run);
      else if (run.version !== before.version) await history.record(run);
      return owesTermination(before, run, seen) ? await passOnTermination(followed) : followed;
    } catch (error) {
      // The job was deleted since it was read, and its run with it.
      if (error instanceof NotFound) return job;
      throw error;
    }
  };
