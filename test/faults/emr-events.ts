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

/** As the deployment has it: so often, within an hour. */
const RETRIES = 8;
const RETRY_EVERY = 7 * 60_000;

/** EventBridge: events come late, twice, out of order, or not at all. An outage of Lambda ends with those of the last hour. */
export const emrEvents = (plan: FaultPlan, call: (event: unknown) => void) => {
  const deliver = (event: unknown, retries: number): void => {
    if (!plan.isOut('lambda')) call(event);
    else if (retries > 0) setTimeout(() => deliver(event, retries - 1), RETRY_EVERY);
  };
  return (workload: EmrWorkload): void => {
    const event = eventOf(workload);
    if (event === null) return;
    const copies = plan.loses() ? 0 : plan.doubles() ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) setTimeout(() => deliver(event, RETRIES), plan.travel(MOST_TRAVEL));
  };
};
