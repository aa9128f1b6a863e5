import { jobRunExecution } from './job-run-execution.ts';
import { newId } from './identifiers.ts';
import { enterJobRunState, takePlannedFailure, type LifeContext } from './life-context.ts';
import { isFinal, type ApplicationRecord, type JobRunAlarm, type JobRunRecord, type JobRunState } from './records.ts';
import type { JobRunRequest } from './requests.ts';
import { fitsNow, takesAnotherJobRun } from './capacity.ts';
import { settingsOfJobRun, workersOf } from './workers.ts';

/** What a job run needs of its application. */
interface Applications {
  start(application: ApplicationRecord, at: number): void;
  workChanged(application: ApplicationRecord, at: number): void;
}

export interface JobRunLife {
  submit(application: ApplicationRecord, request: JobRunRequest): JobRunRecord;
  cancel(run: JobRunRecord): void;
  /** Gives turns to the job runs of a started application, the oldest first, as far as its limits let it. */
  advance(application: ApplicationRecord, at: number): void;
  onAlarm(run: JobRunRecord, alarm: JobRunAlarm): void;
  /** Runs again what a restart interrupted. */
  resume(at: number): void;
}

export const jobRunLife = (context: LifeContext, applicationLife: () => Applications): JobRunLife => {
  const { applications, jobRuns, jobRunAlarms: alarms, timings, faults } = context;

  const later = (run: JobRunRecord, kind: JobRunAlarm['kind'], at: number, seconds: number): void => {
    alarms.set(run, { kind, at: at + seconds * 1000 });
    jobRuns.save(run);
  };

  const enter = (run: JobRunRecord, state: JobRunState, at: number, details = ''): void =>
    enterJobRunState(context, run, { state, details, at });

  const end = (run: JobRunRecord, state: 'SUCCESS' | 'FAILED' | 'CANCELLED', at: number, details: string): void => {
    if (isFinal(run)) return;
    alarms.clear(run);
    run.endedAt = at;
    enter(run, state, at, details);
    const application = applications.find(run.applicationId);
    if (application === null) return;
    advance(application, at);
    applicationLife().workChanged(application, at);
  };

  const execution = jobRunExecution(context, { later, end });

  const cancel = (run: JobRunRecord, at: number, because: string): void => {
    alarms.clear(run);
    run.cancelledBecause = because;
    enter(run, 'CANCELLING', at, because);
    context.executions.stop(run.id);
    later(run, 'gone', at, timings.cancelSeconds);
  };

  const hasRoomFor = (application: ApplicationRecord, { workers }: JobRunRecord): boolean =>
    takesAnotherJobRun(application, context) && fitsNow(application, workers, context);

  const queue = (run: JobRunRecord, { request }: ApplicationRecord, at: number): void => {
    if (run.state === 'QUEUED' || request.schedulerConfiguration === undefined) return;
    run.queuedAt = at;
    later(run, 'queueTimedOut', at, request.schedulerConfiguration.queueTimeoutMinutes * 60);
    enter(run, 'QUEUED', at, 'Job run is queued until the application has room for it.');
  };

  const giveTurn = (run: JobRunRecord, at: number): void => {
    alarms.clear(run, ({ kind }) => kind === 'queueTimedOut');
    run.queuedMilliseconds = run.queuedAt === null ? 0 : at - run.queuedAt;
    later(run, 'scheduled', at, timings.startSeconds / 2);
    later(run, 'running', at, timings.startSeconds);
    enter(run, 'PENDING', at);
  };

  const advance = (application: ApplicationRecord, at: number): void => {
    if (application.state !== 'STARTED') return;
    const waiting = jobRuns
      .all()
      .filter(({ applicationId, state }) => applicationId === application.id && /^(SUBMITTED|QUEUED)$/.test(state));
    for (const run of waiting.toReversed()) {
      if (hasRoomFor(application, run)) giveTurn(run, at);
      else queue(run, application, at);
    }
  };

  const begin = (run: JobRunRecord, at: number): void => {
    run.startedAt = at;
    if (run.request.executionTimeoutMinutes > 0) later(run, 'timedOut', at, run.request.executionTimeoutMinutes * 60);
    enter(run, 'RUNNING', at);
    execution.begin(run, at);
  };

  const gone = async (run: JobRunRecord, at: number): Promise<void> => {
    const isBusy = context.executions.isRunning(run.id);
    if (isBusy) await context.executions.gone([run.id]);
    if (!context.closing) end(run, 'CANCELLED', isBusy ? Date.now() : at, run.cancelledBecause ?? '');
  };

  return {
    submit(application, request) {
      const at = Date.now();
      const run: JobRunRecord = {
        id: newId(),
        sequence: jobRuns.nextSequence(),
        applicationId: application.id,
        releaseLabel: application.request.releaseLabel,
        request,
        tags: { ...request.tags },
        state: 'SUBMITTED',
        stateDetails: '',
        createdAt: at,
        updatedAt: at,
        queuedAt: null,
        queuedMilliseconds: 0,
        startedAt: null,
        endedAt: null,
        workers: workersOf(settingsOfJobRun(request)),
        plannedFailure: takePlannedFailure(faults, 'JOB_FAILURE'),
        cancelledBecause: null,
        alarms: [],
      };
      enter(run, 'SUBMITTED', at);
      applicationLife().start(application, at);
      applicationLife().workChanged(application, at);
      advance(application, at);
      return run;
    },
    cancel: (run) => {
      if (run.state !== 'CANCELLING') cancel(run, Date.now(), 'Job run was cancelled by request.');
    },
    advance,
    onAlarm(run, { kind, at }) {
      const { executionTimeoutMinutes } = run.request;
      const actions: Record<JobRunAlarm['kind'], () => unknown> = {
        scheduled: () => enter(run, 'SCHEDULED', at),
        running: () => begin(run, at),
        ended: () => execution.timeOver(run, at),
        timedOut: () =>
          cancel(run, at, `Job run timed out: it exceeded ${executionTimeoutMinutes} minutes of execution.`),
        queueTimedOut: () => cancel(run, at, 'Job run timed out in the queue: its application had no room for it.'),
        gone: () => gone(run, at),
      };
      void actions[kind]();
    },
    resume(at) {
      for (const run of jobRuns.all().toReversed()) {
        const isKnown = (kind: JobRunAlarm['kind']): boolean => run.alarms.some((alarm) => alarm.kind === kind);
        // Its process went with the server.
        if (run.state === 'CANCELLING' && !isKnown('gone')) later(run, 'gone', at, 0);
        if (run.state === 'RUNNING' && !isKnown('ended')) execution.begin(run, at);
      }
    },
  };
};
