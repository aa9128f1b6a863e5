import { AwsThrottled, EmrRefusedLaunch, LaunchUncertain, NotFound } from '../../shared/domain/errors.ts';
import { launchedAs, launchRefused, launchWithdrawn } from '../../shared/domain/run-launch.ts';
import { withMailAbout } from '../../shared/domain/run-mails.ts';
import type { Run } from '../../shared/domain/run.ts';
import { withLatestRun, type SparkJob } from '../../shared/domain/spark-job.ts';
import type { EmrClusters } from '../ports/emr-clusters.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { Clock } from '../runtime/clock.ts';
import { logger } from '../runtime/logger.ts';
import type { AnnounceRunEnd } from './announce-run-end.ts';
import type { PassOnRunTermination } from './pass-on-run-termination.ts';
import type { RunParameters } from '../ports/run-parameters.ts';
import type { RunProvisioner } from '../ports/run-provisioner.ts';

interface LaunchRunDependencies {
  readonly jobs: SparkJobRepository;
  readonly history: RunRepository;
  readonly provisioner: RunProvisioner;
  readonly parameters: RunParameters;
  readonly emr: EmrClusters;
  readonly announceRunEnd: AnnounceRunEnd;
  readonly passOnTermination: PassOnRunTermination;
  readonly clock: Clock;
}

/** `uncertain`: the run stays LAUNCHING and the sweep finds out. */
export type LaunchRunResult = 'launched' | 'refused' | 'uncertain';

export type LaunchRun = (job: SparkJob, run: Run) => Promise<LaunchRunResult>;

/**
 * Launches the cluster of a latest run whose attempt is written, and records what came of it.
 * @throws AwsThrottled, AwsFailed: certainly not launched, and the claim may be launched again
 */
export const launchRun = (deps: LaunchRunDependencies): LaunchRun => {
  const { jobs, history, provisioner, parameters, emr, announceRunEnd, passOnTermination, clock } = deps;

  const changeRun = (job: SparkJob, run: Run, change: (run: Run) => Run): Promise<SparkJob> =>
    jobs.change(job.identifier, (current) => withLatestRun(current, run.id, change, clock.now()));

  /** Where this cannot be written either, the run looks uncertain, which is safe. */
  const withdraw = async (job: SparkJob, run: Run): Promise<void> => {
    await changeRun(job, run, (latest) => launchWithdrawn(latest, clock.now())).catch((error: unknown) =>
      logger.warn('A launch attempt could not be withdrawn; the sweep finds out', { runId: run.id, error }),
    );
  };

  const refuse = async (job: SparkJob, run: Run, { message }: EmrRefusedLaunch): Promise<'refused'> => {
    const refused = await jobs.change(job.identifier, (current) => {
      const now = clock.now();
      const changed = withLatestRun(current, run.id, (latest) => launchRefused(latest, message, now), now);
      return changed.latestRun === null || changed === current
        ? changed
        : withMailAbout(changed, changed.latestRun, now);
    });
    if (refused.latestRun?.id === run.id) await announceRunEnd(refused, refused.latestRun);
    return 'refused';
  };

  const record = async (job: SparkJob, run: Run, jobflowId: string): Promise<void> => {
    try {
      // Under another token somebody else has launched it since; this cluster is then nobody's.
      const launched = await changeRun(job, run, (latest) =>
        latest.runToken === run.runToken ? launchedAs(latest, jobflowId, clock.now()) : latest,
      );
      const latest = launched.latestRun;
      if (latest?.jobflowId !== jobflowId) {
        await emr.terminate([jobflowId]);
        return;
      }
      await history.record(latest);
      // Somebody may have asked for the end before there was a jobflow id to name to EMR.
      if (latest.termination !== null) await passOnTermination(launched);
    } catch (error) {
      // The job was deleted while EMR was asked: nobody wants the cluster any more.
      if (error instanceof NotFound) await emr.terminate([jobflowId]);
      throw error;
    }
  };

  return async (job, run) => {
    await parameters.write(run).catch(async (error: unknown) => {
      await withdraw(job, run);
      throw error;
    });
    let jobflowId: string;
    try {
      jobflowId = await provisioner.launch(run);
    } catch (error) {
      if (error instanceof EmrRefusedLaunch) return refuse(job, run, error);
      if (error instanceof AwsThrottled) await withdraw(job, run);
      if (!(error instanceof LaunchUncertain)) throw error;
      logger.warn('It is not certain whether EMR launched a run', { runId: run.id, error });
      return 'uncertain';
    }
    await record(job, run, jobflowId);
    return 'launched';
  };
};
