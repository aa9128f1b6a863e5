import type { Run } from '../../shared/domain/run.ts';

/** Where a run's step finds its parameters. */
export interface RunParameters {
  /** Before the launch. @throws AwsThrottled, AwsFailed */
  write(run: Run): Promise<void>;
}
