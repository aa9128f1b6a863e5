import { terminationTaken } from '../../shared/domain/run-launch.ts';
import { isFinalRun } from '../../shared/domain/run.ts';
import { withLatestRun, type SparkJob } from '../../shared/domain/spark-job.ts';
import type { EmrClusters } from '../ports/emr-clusters.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';

interface PassOnRunTerminationDependencies {
  readonly jobs: SparkJobRepository;
  readonly history: RunRepository;
  readonly emr: EmrClusters;
  readonly clock: Clock;
}

export type PassOnRunTermination = (job: SparkJob) => Promise<SparkJob>;

/**
 * Asks EMR for the end of the latest run that is recorded. Without a jobflow id there is nothing to name yet: whoever
 * learns the id passes the request on.
 * @throws AwsThrottled, AwsFailed where EMR did not take it
 */
export const passOnRunTermination =
  ({ jobs, history, emr, clock }: PassOnRunTerminationDependencies): PassOnRunTermination =>
  async (job) => {
    const run = job.latestRun;
    if (run === null || run.jobflowId === null) return job;
    await emr.terminate([run.jobflowId]);
    if (isFinalRun(run)) return job;
    const now = clock.now();
    const passedOn = await jobs.change(job.identifier, (current) =>
      withLatestRun(current, run.id, (latest) => terminationTaken(latest, now), now),
    );
    if (passedOn.latestRun?.id === run.id) await history.record(passedOn.latestRun);
    return passedOn;
  };
