import type { Cluster } from '../../shared/domain/cluster.ts';
import type { Engine, Phase } from '../../shared/domain/engine.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { Session } from '../../shared/domain/session.ts';
import type { SshKey } from '../../shared/domain/ssh-key.ts';
import type { EmrObservation } from '../../shared/domain/emr-observation.ts';
import type { ClusterGroups } from './cluster-network.ts';
import type { HomeAddresses } from './home-directories.ts';

/** EMR as it runs workloads of one engine. Throttling is `AwsThrottled`, other failures `AwsFailed`. All calls may be repeated. */
export interface EmrEngine {
  /** Null if EMR does not know the id. */
  describe(emrId: string): Promise<EmrObservation | null>;
  /** All workloads of this environment in these phases, one call for each page. */
  list(phases: readonly Phase[], createdAfter?: Instant): Promise<readonly EmrObservation[]>;
  /** Batches calls. Terminating an ended workload is not an error. */
  terminate(emrIds: readonly string[]): Promise<void>;
}

/** One row for each engine. */
export type Engines = Readonly<Record<Engine, EmrEngine>>;

export interface ClusterLaunch {
  readonly cluster: Cluster;
  readonly sshKey: SshKey;
  readonly groups: ClusterGroups;
  /** Null: the cluster has no home directory that outlasts it. */
  readonly home: HomeAddresses | null;
}

/** A run on a cluster. Its parameters must already be stored for its step. */
export interface RunLaunch {
  readonly run: Run;
  /** What its step exchanges for credentials: in a step argument and nowhere else. */
  readonly runSecret: string;
  readonly groups: ClusterGroups;
}

/**
 * Asks EMR for a workload, once.
 * @returns EMR's id of it
 * @throws AwsThrottled: certainly not launched; EmrRefusedLaunch: certainly not launched, and never will be;
 *   LaunchUncertain: perhaps launched, to be found by its run token (never on an engine that takes the token itself)
 */
export type Launch<Order> = (order: Order) => Promise<string>;

/** A session takes its run token as client token, so that a repeated call starts nothing more. */
export type SessionLaunch = Launch<Session>;

/** Launches runs on each engine. EMR Serverless needs neither network nor secret: the job run's role is narrowed to the run. */
export interface RunLaunchers {
  readonly cluster: Launch<RunLaunch>;
  readonly serverless: Launch<Run>;
}
