import { endOwnClaim } from '../../functions/run-workflow/end-own-claim.ts';
import { recordMissedOccurrence } from '../../functions/run-workflow/record-missed-occurrence.ts';
import { announceRunEnd } from '../../functions/workloads/announce-run-end.ts';
import { followRun } from '../../functions/workloads/follow-run.ts';
import { launchRun } from '../../functions/workloads/launch-run.ts';
import { passOnRunTermination } from '../../functions/workloads/pass-on-run-termination.ts';
import { recordTimeout, timeOutRun } from '../../functions/runs/time-out-run.ts';
import { putSchedule } from '../../functions/jobs/put-schedule.ts';
import type { RunProvisioner } from '../../functions/ports/run-provisioner.ts';
import type { PendingMail } from '../../shared/domain/mail.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { PRICING } from './pricing.ts';
import { at } from './cluster.ts';
import { fakeEmr } from './fake-emr.ts';
import { fakeJobIdentifiers } from './fake-job-identifiers.ts';
import { fakeJobSchedules, fakeNotebookStore, fakeRunFiles, fakeWorkflowExecutions } from './fake-job-services.ts';
import { fakeRunRepository, fakeSparkJobRepository } from './fake-spark-job-repository.ts';
import { testClock } from './test-clock.ts';

/** Everything that jobs and runs have to do with, as fakes, with the real use cases in between. It is 06:40. */
export const jobWorld = (...present: readonly SparkJob[]) => {
  const clock = testClock(at('06:40:00'));
  const jobs = fakeSparkJobRepository(...present);
  const history = fakeRunRepository();
  const identifiers = fakeJobIdentifiers();
  const emr = fakeEmr(clock);
  const schedules = fakeJobSchedules();
  const workflow = fakeWorkflowExecutions();
  const store = fakeNotebookStore();
  const files = fakeRunFiles();

  /** What was mailed: each leaves the item as SES takes it. */
  const mailed: PendingMail[] = [];
  const deliverMails = async ({ identifier }: SparkJob): Promise<void> => {
    await jobs.change(identifier, (job) => {
      mailed.push(...job.pendingMails);
      return { ...job, pendingMails: [] };
    });
  };

  const launches: Run[] = [];
  const provisioner: RunProvisioner = {
    async launch(run) {
      launches.push(run);
      const error = emr.failures.launch.shift();
      if (error !== undefined) throw error;
      const jobflowId = `j-${run.runToken}`;
      emr.put(jobflowId);
      return jobflowId;
    },
  };

  let tokens = 0;
  const newRunToken = (): string => `token-${(tokens += 1)}`;
  const base = { jobs, history, clock };
  const announce = announceRunEnd({ history, executions: workflow.executions, deliverMails });
  const passOnTermination = passOnRunTermination({ ...base, emr: emr.emr });
  const timeout = recordTimeout({ jobs, deliverMails, clock });
  return {
    ...base,
    identifiers,
    emr,
    schedules,
    workflow,
    store,
    files,
    mailed,
    deliverMails,
    launches,
    newRunToken,
    pricing: PRICING,
    announceRunEnd: announce,
    passOnTermination,
    followRun: followRun({ ...base, files: files.files, announceRunEnd: announce, passOnTermination }),
    launchRun: launchRun({
      ...base,
      provisioner,
      parameters: files.parameters,
      emr: emr.emr,
      announceRunEnd: announce,
      passOnTermination,
    }),
    recordTimeout: timeout,
    timeOutRun: timeOutRun({ jobs, recordTimeout: timeout, passOnTermination, announceRunEnd: announce, clock }),
    putSchedule: putSchedule({ jobs, schedules: schedules.schedules, clock }),
    recordMissedOccurrence: recordMissedOccurrence({ ...base, deliverMails }),
    endOwnClaim: endOwnClaim({ jobs, announceRunEnd: announce, clock }),
    job: (): Promise<SparkJob> => jobs.get('daily-report'),
    run: async (): Promise<Run> => {
      const { latestRun } = await jobs.get('daily-report');
      if (latestRun === null) throw new Error('The job has no run');
      return latestRun;
    },
    runs: async (): Promise<readonly Run[]> => (await history.list('job-1', { limit: 100 })).items,
  };
};
