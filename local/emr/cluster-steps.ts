import type { ClusterEnd } from './cluster-end.ts';
import type { ClusterRecord, StepRecord, StepState } from './cluster-record.ts';
import { enterState, enterStepState, type LifeContext } from './life-context.ts';
import { stepExecution, type StepEnd } from './step-execution.ts';

export interface ClusterSteps {
  /** Starts what can start; a cluster with nothing left to do waits or ends. */
  advance(cluster: ClusterRecord, at: number): void;
  /** A step's time is over that no process stands for. */
  timeOver(cluster: ClusterRecord, stepId: string | null, at: number): void;
  /** Runs again what a restart interrupted. */
  resume(cluster: ClusterRecord, at: number): void;
}

const isActive = (step: StepRecord): boolean => step.state === 'RUNNING';

const readyMessage = (cluster: ClusterRecord): string => {
  const last = cluster.steps.findLast((step) => step.startedAt !== null);
  if (last === undefined) return 'Cluster ready to run steps.';
  const how: Partial<Record<StepState, string>> = { FAILED: 'failed', CANCELLED: 'cancelled' };
  return `Cluster ready after last step ${how[last.state] ?? 'completed'}.`;
};

export const clusterSteps = (context: LifeContext, end: ClusterEnd): ClusterSteps => {
  const { alarms } = context;

  const nothingLeft = (cluster: ClusterRecord, at: number): void => {
    if (cluster.request.Instances.KeepJobFlowAliveWhenNoSteps) {
      if (cluster.state === 'WAITING') return;
      cluster.waitingSince = at;
      const idleSeconds = cluster.idleTimeoutSeconds;
      if (idleSeconds !== null) alarms.set(cluster, { kind: 'idle', at: at + idleSeconds * 1000, stepId: null });
      enterState(context, cluster, { state: 'WAITING', reason: { code: null, message: readyMessage(cluster) }, at });
      return;
    }
    const failed = cluster.steps.some((step) => step.state === 'FAILED');
    const reason = failed
      ? ({ code: 'STEP_FAILURE', message: 'Steps completed with errors' } as const)
      : ({ code: 'ALL_STEPS_COMPLETED', message: 'Steps completed' } as const);
    end.begin(cluster, { reason, endState: 'TERMINATED', at });
  };

  const advance = (cluster: ClusterRecord, at: number): void => {
    const free = cluster.request.StepConcurrencyLevel - cluster.steps.filter(isActive).length;
    const next = cluster.steps.filter((step) => step.state === 'PENDING').slice(0, Math.max(0, free));
    if (next.length > 0 && cluster.state !== 'RUNNING') {
      enterState(context, cluster, { state: 'RUNNING', reason: { code: null, message: 'Running step' }, at });
    }
    for (const step of next) {
      step.startedAt = at;
      enterStepState(context, cluster, step, 'RUNNING', at);
      execution.begin(cluster, step, at);
    }
    if (next.length === 0 && !cluster.steps.some(isActive)) nothingLeft(cluster, at);
  };

  const cancelPending = (cluster: ClusterRecord, at: number): void => {
    for (const step of cluster.steps) {
      if (step.state === 'PENDING') enterStepState(context, cluster, step, 'CANCELLED', at);
    }
  };

  const stepFailed = (cluster: ClusterRecord, step: StepRecord, at: number): void => {
    const action = step.config.ActionOnFailure;
    const terminates = action === 'TERMINATE_CLUSTER' || action === 'TERMINATE_JOB_FLOW';
    if (terminates) {
      const reason = { code: 'STEP_FAILURE', message: 'Shut down as step failed' } as const;
      end.begin(cluster, { reason, endState: 'TERMINATED_WITH_ERRORS', at });
      return;
    }
    if (action !== 'CONTINUE') cancelPending(cluster, at);
    advance(cluster, at);
  };

  const ended = ({ cluster, step, state, failure, at }: StepEnd): void => {
    step.failure = failure;
    enterStepState(context, cluster, step, state, at);
    if (state === 'FAILED') stepFailed(cluster, step, at);
    else advance(cluster, at);
  };

  const execution = stepExecution(context, ended);

  return {
    advance,
    timeOver(cluster, stepId, at) {
      const step = cluster.steps.find(({ id }) => id === stepId);
      if (step?.state === 'RUNNING') execution.timeOver(cluster, step, at);
    },
    resume(cluster, at) {
      const timed = new Set(cluster.alarms.map((alarm) => alarm.stepId));
      for (const step of cluster.steps.filter((one) => isActive(one) && !timed.has(one.id))) {
        execution.begin(cluster, step, at);
      }
    },
  };
};
