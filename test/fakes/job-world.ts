import { keptSparkJobs } from '../../functions/jobs/searchable-spark-jobs.ts';
import { quotaReservations } from '../../functions/access/quota-reservations.ts';
import { putSchedule } from '../../functions/jobs/put-schedule.ts';
import type { Launch, RunLaunch } from '../../functions/ports/emr-engine.ts';
import type { ClusterGroups } from '../../functions/ports/cluster-network.ts';
import { recordMissedOccurrence } from '../../functions/run-workflow/record-missed-occurrence.ts';
import { commitRun } from '../../functions/runs/commit-run.ts';
import { publishRunEnd } from '../../functions/runs/publish-run-end.ts';
import { runLaunches, runLifecycle } from '../../functions/runs/run-lifecycle.ts';
import { newSecret } from '../../functions/runtime/tokens.ts';
import { latestRunOf } from '../../functions/runs/run-owner.ts';
import type { OutboxMail } from '../../shared/domain/mail.ts';
import { reasonOf, type Run } from '../../shared/domain/run.ts';
import type { CurrentSettings } from '../../shared/domain/settings.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import type { EmrObservation } from '../../shared/domain/emr-observation.ts';
import { budgetWorld } from './budget-world.ts';
import { at } from './cluster.ts';
import { fakeClusterNetwork } from './fake-cluster-network.ts';
import { fakeAuditTrail } from './fake-audit-trail.ts';
import { fakeEmr } from './fake-emr.ts';
import { fakeGrantRepository } from './fake-grant-repository.ts';
import { fakeJobIdentifiers } from './fake-job-identifiers.ts';
import { fakeJobSchedules, fakeNotebookStore, fakeRunFiles, fakeWorkflowExecutions } from './fake-job-services.ts';
import { fakeOwnActs } from './fake-own-acts.ts';
import { fakeLaunchSlots } from './fake-launch-slots.ts';
import { fakeSessionRepository } from './fake-session-repository.ts';
import { fakeReservationRepository } from './fake-reservation-repository.ts';
import { fakeRunRepository, fakeSparkJobRepository } from './fake-spark-job-repository.ts';
import { RUN_PRICING } from './pricing.ts';
import { settingsOf, quotaRules } from './settings.ts';
import { testClock } from './test-clock.ts';
import { flat } from './workload.ts';
import { fakeLaunchPause } from './fake-launch-pause.ts';

/** A run with the fields of its workload beside its own, and its reason wherever that is from. */
export const flatRun = (run: Run) => ({ ...flat(run), reason: reasonOf(run) });

/** Everything that jobs and runs have to do with, as fakes, with the real use cases in between. It is 06:40. */
export const jobWorld = (...present: readonly SparkJob[]) => {
  const clock = testClock(at('06:40:00'));
  const jobs = fakeSparkJobRepository(...present);
  const grants = fakeGrantRepository();
  const history = fakeRunRepository();
  const reservations = fakeReservationRepository();
  const quotas = quotaReservations({ reservations, quotaRules, clock });
  const identifiers = fakeJobIdentifiers();
  const emr = fakeEmr(clock);
  const { engines } = emr;
  const schedules = fakeJobSchedules();
  const workflow = fakeWorkflowExecutions();
  const store = fakeNotebookStore();
  const files = fakeRunFiles();

  /** What was mailed: each leaves the item as SES takes it. */
  const mailed: OutboxMail[] = [];
  const deliverMails = async ({ identifier }: SparkJob): Promise<void> => {
    await jobs.change(identifier, (job) => {
      mailed.push(...job.outbox);
      return { ...job, outbox: [] };
    });
  };

  const launches: Run[] = [];
  /** The secret that each run's step got, by the run's token. */
  const secrets = new Map<string, string>();
  const groupsOfRuns: ClusterGroups[] = [];
  const launchInEmr: Launch<RunLaunch> = async ({ run, runSecret, groups }) => {
    launches.push(run);
    secrets.set(run.workload.runToken, runSecret);
    groupsOfRuns.push(groups);
    const error = emr.failures.launch.shift();
    if (error !== undefined) throw error;
    const emrId = `j-${run.workload.runToken}`;
    emr.put(emrId);
    return emrId;
  };

  const network = fakeClusterNetwork();
  const launchServerless: Launch<Run> = async (run) => {
    launches.push(run);
    return `00app/${run.workload.runToken}`;
  };

  let ofNow = settingsOf();
  const launchPause = fakeLaunchPause();
  let tokens = 0;
  const newRunToken = (): string => `token-${(tokens += 1)}`;
  const { executions } = workflow;
  const acts = fakeOwnActs();
  const ofBudgets = budgetWorld(clock);
  const { budgets, chargedOwner } = ofBudgets;
  const base = { jobs, history, executions, deliverMails, engines, acts, clock, budgets };
  const lifecycle = runLifecycle({ ...base, files: files.files });
  const ofLaunches = {
    lifecycle,
    jobs,
    engines,
    network,
    launches: { cluster: launchInEmr, serverless: launchServerless },
    launchPause,
    parameters: files.parameters,
    acts,
    clock,
    newSecret,
  };
  const { launch, relaunch } = runLaunches({ ...ofLaunches, newRunToken });
  return {
    ...base,
    kept: keptSparkJobs(jobs, clock),
    sessions: fakeSessionRepository(),
    grants,
    ...ofBudgets,
    commitRun: commitRun({ budgets, chargedOwner, history }),
    audit: fakeAuditTrail(),
    launchPause,
    launchSlots: fakeLaunchSlots(clock),
    reservations,
    quotas,
    identifiers,
    emr,
    schedules,
    workflow,
    store,
    files,
    network,
    groupsOfRuns,
    mailed,
    launches,
    secrets,
    ofLaunches,
    newRunToken,
    pricing: RUN_PRICING,
    hasServerless: true,
    settings: async () => ofNow,
    quotaRules,
    changeSettings: (changes: Partial<CurrentSettings>): void => {
      ofNow = settingsOf(changes);
    },
    lifecycle,
    publishRunEnd: publishRunEnd(base),
    reconcileRun: async (job: SparkJob, seen: EmrObservation): Promise<SparkJob> => {
      const latest = latestRunOf(job);
      return latest === null ? job : (await lifecycle.reconcile(lifecycle.owning(latest), seen)).holder.job;
    },
    syncLatestRun: lifecycle.syncLatestRun,
    launchRun: launch,
    relaunchRun: async (job: SparkJob): Promise<void> => {
      const latest = latestRunOf(job);
      if (latest !== null) await relaunch(lifecycle.owning(latest));
    },
    timeOutRun: lifecycle.timeOutRun,
    putSchedule: putSchedule({ jobs, schedules: schedules.schedules, clock }),
    recordMissedOccurrence: recordMissedOccurrence(base),
    job: (): Promise<SparkJob> => jobs.get('daily-report'),
    run: async () => {
      const { latestRun } = await jobs.get('daily-report');
      if (latestRun === null) throw new Error('The job has no run');
      return flatRun(latestRun);
    },
    runs: async () => (await history.list('job-1', { limit: 100 })).items.map(flatRun),
  };
};
