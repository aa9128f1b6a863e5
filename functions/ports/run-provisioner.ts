import type { Run } from '../../shared/domain/run.ts';

/** Launches the EMR cluster of a run, with the same promises as `ClusterProvisioner`. */
export interface RunProvisioner {
  /** @throws AwsThrottled, EmrRefusedLaunch, LaunchUncertain */
  launch(run: Run): Promise<string>;
}
