import type { AuditDetail } from '../../shared/domain/audit.ts';
import type { EmrObservation } from '../../shared/domain/emr-observation.ts';
import type { Workload } from '../../shared/domain/workload.ts';

/** The owner of a workload, a cluster, a session or a Spark job, as the workload use cases see it. */
export interface WorkloadOwner<Holder = unknown> {
  readonly holder: Holder;
  readonly workload: Workload;
  /** For the log. */
  readonly evidence: Readonly<Record<string, string>>;
  /** For the audit trail. */
  readonly audited: { readonly kind: 'cluster' | 'session' | 'run'; readonly id: string };
  /** Its name, for the detail of an audit entry, where its id is another; it outlasts the object. */
  readonly named: AuditDetail;
  /**
   * Applies a transition to the newest state, in one conditional write of the item, and does
   * the follow-up of an ended workload. A transition that returns its argument writes nothing.
   * @throws NotFound if the item, or the workload in it, no longer exists
   */
  change(transition: (workload: Workload, holder: Holder) => Workload): Promise<WorkloadOwner<Holder>>;
}

/** A workload as sweeps and events see it, independent of its owner. */
export interface ManagedWorkload {
  readonly workload: Workload;
  readonly evidence: Readonly<Record<string, string>>;
  /** Applies an observation of EMR. */
  reconcile(seen: EmrObservation): Promise<unknown>;
  /** Counts a sweep whose EMR list lacked the workload. */
  countAbsence(): Promise<unknown>;
  /** Resolves a launch that EMR certainly does not have. */
  relaunch(): Promise<unknown>;
}

/** Finds the workloads of one kind of owner. */
export interface WorkloadSource {
  /** All active workloads, freshly read. */
  active(): Promise<readonly ManagedWorkload[]>;
  findByEmrId(emrId: string): Promise<ManagedWorkload | null>;
}
