import type { EmrObservation, Workload } from '../../shared/domain/workload.ts';

/** The item that holds a workload, a cluster or a Spark job, as the use cases of workloads see it. */
export interface WorkloadOwner<Holder = unknown> {
  readonly holder: Holder;
  readonly workload: Workload;
  /** For the log. */
  readonly evidence: Readonly<Record<string, string>>;
  /**
   * Applies a transition to the newest state, in one conditional write of the item, and does
   * what an end calls for. A transition that returns its argument writes nothing.
   * @throws NotFound where the item, or the workload in it, is gone
   */
  change(transition: (workload: Workload, holder: Holder) => Workload): Promise<WorkloadOwner<Holder>>;
}

/** A workload as sweeps and events see it, whatever holds it. */
export interface ManagedWorkload {
  readonly workload: Workload;
  readonly evidence: Readonly<Record<string, string>>;
  /** Applies what EMR said. */
  reconcile(seen: EmrObservation): Promise<unknown>;
  /** Counts one more sweep in which EMR's list lacked it. */
  countAbsence(): Promise<unknown>;
  /** Settles a launch of which EMR certainly has nothing. */
  relaunch(): Promise<unknown>;
}

/** Where the workloads of one kind of owner are found. */
export interface WorkloadSource {
  /** All that have not ended, read anew. */
  active(): Promise<readonly ManagedWorkload[]>;
  findByEmrId(emrId: string): Promise<ManagedWorkload | null>;
}
