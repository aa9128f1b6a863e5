import { plusMinutes, type Instant } from '../../shared/domain/instant.ts';
import { isUnlaunched, type Workload } from '../../shared/domain/workload.ts';
import type { Clock } from '../runtime/clock.ts';
import { sweep, type Task } from '../runtime/sweep.ts';
import type { ManagedWorkload, WorkloadSource } from '../workloads/workload-owner.ts';

interface LaunchWaitingClustersDependencies {
  readonly source: WorkloadSource;
  readonly clock: Clock;
  readonly pause: (milliseconds: number) => Promise<void>;
}

const dueAt = ({ launchDueAt, claimedAt }: Workload): Instant => launchDueAt ?? claimedAt;

const isWaitingUntil =
  (before: Instant) =>
  ({ workload }: ManagedWorkload): boolean =>
    isUnlaunched(workload) && dueAt(workload) < before;

/** Launches the clusters whose turn comes before this task runs again, each at its time. @throws SweepFailed */
export const launchWaitingClusters =
  ({ source, clock, pause }: LaunchWaitingClustersDependencies): Task =>
  async () => {
    const before = plusMinutes(clock.now(), 1);
    const due = (await source.active()).filter(isWaitingUntil(before));
    return sweep({
      what: 'launch a cluster that waited for its turn',
      items: due.toSorted((a, b) => dueAt(a.workload).localeCompare(dueAt(b.workload))),
      evidence: ({ evidence }) => evidence,
      act: async (managed) => {
        await pause(Math.max(0, Date.parse(dueAt(managed.workload)) - Date.parse(clock.now())));
        await managed.relaunch();
      },
    });
  };
