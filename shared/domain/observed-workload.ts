import type { EmrObservation } from './emr-observation.ts';
import { isReadyState, mayFollow, phaseOfState, type WorkloadStatus } from './engine.ts';
import { isEnded, type Workload } from './workload.ts';

/** Whether the observation is of this workload: by its EMR id or, without one, by its run token. */
export const isAbout = (
  { emrId, runToken }: EmrObservation,
  workload: Pick<Workload, 'emrId' | 'runToken'>,
): boolean => (workload.emrId === null ? runToken === workload.runToken : emrId === workload.emrId);

const isReadyIn = ({ engine, use }: Workload, status: WorkloadStatus): boolean =>
  status !== 'LAUNCHING' && isReadyState(engine, use, status);

/** A late event with a busy state, overtaken by the event that the cluster is ready. */
const isOvertaken = (workload: Workload, { state, observedAt }: EmrObservation): boolean =>
  isReadyIn(workload, workload.status) &&
  phaseOfState(workload.engine, state) === 'running' &&
  workload.readyAt !== null &&
  observedAt <= workload.readyAt;

/** The workload after an observation; the same object if nothing changed. A final state never reverts. */
export const reconciled = (workload: Workload, seen: EmrObservation): Workload => {
  const { engine, emrId } = workload;
  if (!isAbout(seen, workload) || (emrId === null && isEnded(workload))) return workload;
  const moves = mayFollow(engine, workload.status, seen.state) && !isOvertaken(workload, seen);
  const status = moves ? seen.state : workload.status;
  const isFinal = status !== 'LAUNCHING' && phaseOfState(engine, status) === 'ended';
  const learnt: Workload = {
    ...workload,
    status,
    reason: moves && seen.reason !== null ? seen.reason : workload.reason,
    emrId: seen.emrId,
    masterAddress: workload.masterAddress ?? seen.masterAddress,
    startedAt: workload.startedAt ?? seen.createdAt,
    readyAt: workload.readyAt ?? seen.readyAt ?? (isReadyIn(workload, status) ? seen.observedAt : null),
    finishedAt: workload.finishedAt ?? (isFinal ? (seen.finishedAt ?? seen.observedAt) : null),
    normalizedInstanceHours: seen.normalizedInstanceHours ?? workload.normalizedInstanceHours,
    billed: seen.billed ?? workload.billed,
    absentSweeps: 0,
  };
  return (Object.keys(learnt) as (keyof Workload)[]).some((key) => learnt[key] !== workload[key]) ? learnt : workload;
};
