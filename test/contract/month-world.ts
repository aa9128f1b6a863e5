import { absentEngine, absentLaunch } from '../../functions/adapters/absent-engine.ts';
import { emrClusterLaunch } from '../../functions/adapters/emr-cluster-launch.ts';
import { emrOnEc2 } from '../../functions/adapters/emr-on-ec2.ts';
import { clusterPricing } from '../../functions/adapters/cluster-pricing.ts';
import { emrRunLaunch } from '../../functions/adapters/emr-run-launch.ts';
import { runPricing } from '../../functions/adapters/run-pricing.ts';
import { quotaReservations } from '../../functions/access/quota-reservations.ts';
import { summedUsage } from '../../functions/access/summed-usage.ts';
import { clusterLifecycle } from '../../functions/clusters/cluster-lifecycle.ts';
import { clusterToView } from '../../functions/clusters/cluster-view.ts';
import { extendCluster } from '../../functions/clusters/extend-cluster.ts';
import { launchCluster } from '../../functions/clusters/launch-cluster.ts';
import { terminateCluster } from '../../functions/clusters/terminate-cluster.ts';
import { provisionRun } from '../../functions/run-workflow/provision-run.ts';
import { recordMissedOccurrence } from '../../functions/run-workflow/record-missed-occurrence.ts';
import { commitRun } from '../../functions/runs/commit-run.ts';
import { runLaunches, runLifecycle } from '../../functions/runs/run-lifecycle.ts';
import { systemClock } from '../../functions/runtime/clock.ts';
import { newId, newRunToken, newSecret } from '../../functions/runtime/tokens.ts';
import { usageMeter } from '../../functions/upkeep/add-up-usage.ts';
import { emrEventIn } from '../../functions/upkeep/emr-event.ts';
import { lateUsage } from '../../functions/upkeep/late-usage.ts';
import { sumUpUsage } from '../../functions/upkeep/sum-up-usage.ts';
import { clusterUsage, runUsage } from '../../functions/upkeep/open-usage.ts';
import { reconcileEmrEvent } from '../../functions/upkeep/reconcile-emr-event.ts';
import { settleBudgets } from '../../functions/upkeep/settle-budgets.ts';
import { syncWithEmr } from '../../functions/upkeep/sync-with-emr.ts';
import { terminateExpired } from '../../functions/upkeep/terminate-expired.ts';
import { SEED_EMR_RELEASES, withFacts } from '../../shared/domain/emr-release.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { budgetWorld } from '../fakes/budget-world.ts';
import { LAUNCH_SETTINGS, SSH_KEY } from '../fakes/emr-launch.ts';
import { fakeAuditTrail } from '../fakes/fake-audit-trail.ts';
import { fakeSessionRepository } from '../fakes/fake-session-repository.ts';
import { fakeClusterNetwork } from '../fakes/fake-cluster-network.ts';
import { fakeClusterRepository } from '../fakes/fake-cluster-repository.ts';
import { ENVIRONMENT } from '../fakes/fake-emr.ts';
import { fakeGrantRepository } from '../fakes/fake-grant-repository.ts';
import { fakeHomeDirectories } from '../fakes/fake-home-directories.ts';
import { fakeRunFiles, fakeWorkflowExecutions } from '../fakes/fake-job-services.ts';
import { fakeLaunchPause } from '../fakes/fake-launch-pause.ts';
import { fakeLaunchSlots } from '../fakes/fake-launch-slots.ts';
import { fakeOwnActs } from '../fakes/fake-own-acts.ts';
import { fakeReservationRepository } from '../fakes/fake-reservation-repository.ts';
import { fakeRunRepository, fakeSparkJobRepository } from '../fakes/fake-spark-job-repository.ts';
import { fakeSshKeyRepository } from '../fakes/fake-ssh-key-repository.ts';
import { fakeUsageRepository } from '../fakes/fake-usage-repository.ts';
import { fakeUsageSums } from '../fakes/fake-usage-sums.ts';
import { quotaRules, readFake } from '../fakes/settings.ts';
import { startRig } from '../local/emr/rig.ts';

const PRICED = { region: 'us-west-2', emrHasPublicAddresses: 'true' };

/** The portal's use cases for clusters, runs and money over fakes of the table, on a local EMR whose clock the test moves. */
export const monthWorld = async (people: readonly string[], jobs: readonly SparkJob[]) => {
  const rig = await startRig();
  // Minutes, as on AWS.
  rig.emr.control({ startSeconds: 240, bootstrapSeconds: 180, terminateSeconds: 95, stepSeconds: 1234 });
  const clock = systemClock;
  const clusters = fakeClusterRepository();
  const sparkJobs = fakeSparkJobRepository(...jobs);
  const history = fakeRunRepository();
  const [items, sums] = [fakeUsageRepository(), fakeUsageSums()];
  const usage = { ...items, change: lateUsage({ usage: items, sums, clock }) };
  const ofBudgets = budgetWorld(clock);
  const { budgets, chargedOwner } = ofBudgets;
  const [audit, acts, grants, launchPause] = [
    fakeAuditTrail(),
    fakeOwnActs(),
    fakeGrantRepository(),
    fakeLaunchPause(),
  ];
  const settings = readFake();
  const pricing = clusterPricing(PRICED);
  const launchSlots = fakeLaunchSlots(clock);
  const network = fakeClusterNetwork();
  const engines = {
    cluster: emrOnEc2(ENVIRONMENT, { client: rig.client }),
    serverless: absentEngine,
    connect: absentEngine,
  };
  const quotas = quotaReservations({ reservations: fakeReservationRepository(), quotaRules, clock });
  const sshKeys = fakeSshKeyRepository(
    ...people.map((owner) => ({ ...SSH_KEY, id: `key-${owner}`, owner, ownerId: `sub-${owner}` })),
  );
  const toView = clusterToView({ allowsSsh: true, jupyterUrl: 'http://localhost:8888' });
  const wait = async () => undefined;
  const lifecycle = clusterLifecycle({
    clusters,
    quotas,
    budgets,
    sshKeys,
    engines,
    network,
    launchPause,
    homes: fakeHomeDirectories(clock),
    launches: { cluster: emrClusterLaunch(LAUNCH_SETTINGS, rig.client) },
    acts,
    clock,
    retryTiming: { pause: wait, random: () => 0 },
    newRunToken,
  });
  const { executions } = fakeWorkflowExecutions();
  const base = { jobs: sparkJobs, history, executions, deliverMails: wait, engines, acts, clock, budgets };
  const files = fakeRunFiles();
  const ofRuns = runLifecycle({ ...base, files: files.files });
  const { launch: launchRun, source } = runLaunches({
    lifecycle: ofRuns,
    jobs: sparkJobs,
    engines,
    network,
    launches: { cluster: emrRunLaunch(LAUNCH_SETTINGS, rig.client), serverless: absentLaunch },
    launchPause,
    parameters: files.parameters,
    acts,
    clock,
    newRunToken,
    newSecret,
  });
  const sources = [lifecycle.source, source];
  const meter = usageMeter({
    sources: [clusterUsage({ clusters, clock }), runUsage({ jobs: sparkJobs, history, clock })],
    usage,
    engines,
    clock,
  });
  const reconcileEvent = reconcileEmrEvent({ sources, meter, environment: ENVIRONMENT });
  const endExpired = terminateExpired({
    kind: 'cluster',
    repository: clusters,
    owning: lifecycle.owning,
    engines,
    acts,
    clock,
  });
  const sync = syncWithEmr({ sources, engines, clock });
  const settle = settleBudgets({
    accounts: ofBudgets.budgetAccounts,
    budgets,
    clusters,
    sessions: fakeSessionRepository(),
    jobs: sparkJobs,
    history,
    clock,
  });
  const deliver = async (): Promise<void> => {
    for (const event of rig.events.splice(0)) {
      const known = emrEventIn(event);
      if (known !== null) await reconcileEvent(known);
    }
  };
  return {
    ...ofBudgets,
    rig,
    clusters,
    usage,
    history,
    launch: launchCluster({
      clusters,
      quotas,
      budgets,
      sshKeys,
      releases: { all: async () => withFacts(SEED_EMR_RELEASES) },
      lifecycle,
      toView,
      audit,
      clock,
      pricing,
      launchPause,
      settings,
      quotaRules,
      newId,
      newRunToken,
      launchSlots,
      pause: wait,
    }),
    extend: extendCluster({ clusters, grants, toView, audit, settings, quotaRules, clock, budgets, chargedOwner }),
    terminate: terminateCluster({ clusters, grants, lifecycle, toView, audit, clock }),
    provision: provisionRun({
      jobs: sparkJobs,
      history,
      lifecycle: ofRuns,
      launchSlots,
      launchRun,
      recordMissedOccurrence: recordMissedOccurrence(base),
      commitRun: commitRun({ budgets, chargedOwner, history }),
      clock,
      newRunToken,
      pricing: runPricing({ ...PRICED, emrServerless: '' }),
      settings,
      launchPause,
    }),
    deliver,
    /** What the clock does within an hour. */
    upkeep: async (): Promise<void> => {
      await endExpired();
      await sync();
      await meter.all();
      await settle();
    },
    sumUp: sumUpUsage({ usage, sums, clock }),
    summedUsage: summedUsage({ usage, sums, clock }),
  };
};
