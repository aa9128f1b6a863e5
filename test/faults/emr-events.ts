import { newestStage, type EmrWorkload } from './emr-workload.ts';
import type { FaultPlan } from './fault-plan.ts';

/** Milliseconds that an event is on its way at most. Later ones may overtake it. */
const MOST_TRAVEL = 10 * 60_000;

/** The event of a workload's newest state, as EventBridge delivers it; null of sessions, which send none. */
const eventOf = (workload: EmrWorkload): unknown => {
  const { state, reason, at } = newestStage(workload);
  const time = new Date(at).toISOString();
  if (workload.engine === 'connect') return null;
  if (workload.engine === 'serverless') {
    const [applicationId, jobRunId] = workload.emrId.split('/');
    return { 'detail-type': 'EMR Serverless Job Run State Change', time, detail: { applicationId, jobRunId, state } };
  }
  return {
    'detail-type': 'EMR Cluster State Change',
    time,
    detail: { clusterId: workload.emrId, name: workload.name, state, stateChangeReason: JSON.stringify(reason ?? {}) },
  };
};

/** EventBridge: events come late, twice, out of order, or not at all. */
export const emrEvents =
  (plan: FaultPlan, deliver: (event: unknown) => void) =>
  (workload: EmrWorkload): void => {
    const event = eventOf(workload);
    if (event === null) return;
    const copies = plan.loses() ? 0 : plan.doubles() ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) setTimeout(() => deliver(event), plan.travel(MOST_TRAVEL));
  };
