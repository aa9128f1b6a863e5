import { MISSED_REASONS } from '../../shared/domain/run-reasons.ts';
import { hasTimedOut } from '../../shared/domain/run.ts';
import type { BudgetCommitments } from '../access/budget-commitments.ts';
import type { ClusterNetwork } from '../ports/cluster-network.ts';
import type { OwnActs } from '../access/own-acts.ts';
import type { Engines, RunLaunchers } from '../ports/emr-engine.ts';
import type { RunFiles } from '../ports/run-files.ts';
import type { RunParameters } from '../ports/run-parameters.ts';
import type { RunRepository, SparkJobRepository } from '../ports/spark-job-repository.ts';
import type { WorkflowExecutions } from '../ports/workflow-executions.ts';
import type { Clock } from '../runtime/clock.ts';
import type { LaunchPause } from '../settings/launch-pause.ts';
import { launchWorkload } from '../workloads/launch-workload.ts';
import { relaunchWorkload } from '../workloads/relaunch-workload.ts';
import { managed, workloadCare } from '../workloads/workload-lifecycle.ts';
import type { WorkloadSource } from '../workloads/workload-owner.ts';
import { issueRunSecret } from './run-secret.ts';
import { publishRunEnd, type DeliverMails } from './publish-run-end.ts';
import { latestRunOf, runOwner, type LatestRun } from './run-owner.ts';
import { syncLatestRun } from './sync-latest-run.ts';
import { recordTimeout, timeOutRun } from './time-out-run.ts';

export interface RunLifecycleDependencies {
  readonly jobs: SparkJobRepository;
  readonly history: RunRepository;
  readonly files: Pick<RunFiles, 'outcome'>;
  readonly executions: WorkflowExecutions;
  readonly deliverMails: DeliverMails;
  readonly budgets: Pick<BudgetCommitments, 'settle'>;
  readonly engines: Engines;
  readonly acts: OwnActs;
  readonly clock: Clock;
}

/** The lifecycle of run workloads after their launch, shared by all functions that change them. */
export const runLifecycle = (deps: RunLifecycleDependencies) => {
  const { engines, acts, clock } = deps;
  const publish = publishRunEnd(deps);
  const owning = runOwner({ ...deps, publishRunEnd: publish });
  const care = workloadCare({ engines, acts });
  const record = recordTimeout({ owning, acts, clock });
  return {
    ...care,
    owning,
    syncLatestRun: syncLatestRun({ engines, owning, reconcile: care.reconcile }),
    recordTimeout: record,
    timeOutRun: timeOutRun({ recordTimeout: record, terminate: care.terminate }),
  };
};

export type RunLifecycle = ReturnType<typeof runLifecycle>;

interface RunLaunchesDependencies {
  readonly lifecycle: RunLifecycle;
  readonly jobs: SparkJobRepository;
  readonly engines: Engines;
  readonly network: ClusterNetwork;
  readonly launches: RunLaunchers;
  readonly launchPause: LaunchPause;
  readonly parameters: RunParameters;
  readonly acts: OwnActs;
  readonly clock: Clock;
  readonly newRunToken: () => string;
  readonly newSecret: () => string;
}

/** The same for functions that launch runs. */
export const runLaunches = (deps: RunLaunchesDependencies) => {
  const { lifecycle, jobs, engines, network, launches, launchPause, parameters, acts, clock, newRunToken } = deps;
  const { owning, reconcile, terminateSoon } = lifecycle;
  const issueSecret = issueRunSecret(deps);
  const launch = launchWorkload<LatestRun>({
    engines,
    ask: async ({ run }) => {
      const { engine } = run.workload;
      if (engine === 'serverless') {
        await parameters.write(run);
        return launches.serverless(run);
      }
      const groups = await network.groupsOf(run.ownerId, 'job');
      await parameters.write(run);
      return launches.cluster({ run, groups, runSecret: await issueSecret(run) });
    },
    terminate: terminateSoon,
    acts,
    launchPause,
    clock,
  });
  const relaunch = relaunchWorkload<LatestRun>({
    launch,
    launchPause,
    givenUp: ({ run }, now) =>
      hasTimedOut(run, now) ? { ending: 'stopped', reason: MISSED_REASONS.notStarted } : null,
    acts,
    clock,
    newRunToken,
  });
  const manage = managed({ reconcile, relaunch });
  const source: WorkloadSource = {
    active: async () =>
      (await jobs.withActiveRun()).flatMap((job) => {
        const latest = latestRunOf(job);
        return latest === null ? [] : manage(owning(latest));
      }),
    async findByEmrId(emrId) {
      const job = await jobs.findByEmrId(emrId);
      const latest = job === null ? null : latestRunOf(job);
      return latest === null ? null : manage(owning(latest));
    },
  };
  return { launch, relaunch, source };
};

export type RunLaunches = ReturnType<typeof runLaunches>;
