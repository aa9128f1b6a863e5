import type { ReleaseFamily } from '../domain/emr-release-facts.ts';
import type { Architecture, ServerlessWorker } from '../domain/serverless-cost.ts';

/** What infra tells the functions of the stage's EMR Serverless, as JSON in one environment variable; empty: it has none. */
export interface ServerlessEngine {
  /** The role that job runs act with. */
  readonly roleArn: string;
  /** The role that sessions act with: the stage's data, and nothing of the portal's. */
  readonly sessionRoleArn: string;
  readonly architecture: Architecture;
  /** Driver and executors of every job run. */
  readonly worker: ServerlessWorker;
  /** Of all job runs of an application together. */
  readonly maximumVCpu: number;
  readonly maximumMemoryGb: number;
  readonly maxConcurrentRuns: number;
  readonly queueTimeoutMinutes: number;
  /** `s3://…` of the archive of Python packages for each release family. */
  readonly packages: Readonly<Record<ReleaseFamily, string>>;
}

/** Null where the stage has no serverless engine. */
export const serverlessEngine = (setting: string): ServerlessEngine | null =>
  setting === '' ? null : (JSON.parse(setting) as ServerlessEngine);
