import { createServer } from 'node:http';
import { alarmClock } from '../emulation/alarm-clock.ts';
import { callGate } from '../emulation/call-gate.ts';
import { parseOrder } from '../emulation/control-order.ts';
import { executions } from '../emulation/executions.ts';
import { logUploads, type Report, type WriteLog } from '../emulation/log-uploads.ts';
import { rateLimiter } from '../emulation/rate-limiter.ts';
import type { BusEvent } from '../events/event-bus.ts';
import { noSparkUi, type PresignSparkUi } from '../emulation/presigned-spark-ui.ts';
import { listen } from '../server.ts';
import { applicationLife, type ApplicationLife } from './application-life.ts';
import { applyOrder, orderSchema, type ServerlessControlState } from './control.ts';
import { internalError, throttled } from './errors.ts';
import type { JobRunExecutor } from './job-run-executor.ts';
import { jobRunLife } from './job-run-life.ts';
import { jobRunView, type JobRunView } from './job-run-view.ts';
import { DEFAULT_TIMINGS, noFaults, type LifeContext } from './life-context.ts';
import { OPERATIONS } from './operations/index.ts';
import { limitsOf } from './rate-limits.ts';
import { openStores } from './records.ts';
import type { SessionExecutor } from '../connect/session-executor.ts';
import { sessionLife } from './session-life.ts';
import { sessionView, type SessionView } from './session-view.ts';
import { serverlessRequestListener, type Answer } from './wire-protocol.ts';

export interface LocalEmrServerlessOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** For this server alone; made when it is not there. */
  readonly dataDirectory: string;
  /** Takes events, as EventBridge would. Its failures are reported, nothing waits for it. */
  readonly publish: (event: BusEvent) => void | Promise<void>;
  readonly writeLog: WriteLog;
  /** Without one no job run is executed; each says so in its stdout. */
  readonly executor?: JobRunExecutor;
  /** Without one sessions live without Spark: their endpoints answer that there is none. */
  readonly sessionExecutor?: SessionExecutor;
  /** Without it no job run has a Spark UI. */
  readonly presignSparkUi?: PresignSparkUi;
  readonly region: string;
  readonly accountId: string;
  /** Where problems nobody can be answered with go; the console by default. */
  readonly report?: Report;
}

export interface LocalEmrServerless {
  /** For `AWS_ENDPOINT_URL_EMR_SERVERLESS`. */
  readonly url: string;
  /** Carries out an order of `POST /local/emr-serverless`. @throws InvalidOrder */
  readonly control: (order: unknown) => ServerlessControlState;
  /** Every job run held, newest first. */
  readonly jobRuns: () => JobRunView[];
  /** Every session held, newest first. */
  readonly sessions: () => SessionView[];
  readonly calls: () => Readonly<Record<string, number>>;
  /** Stops serving and all timers and processes; job runs and sessions go on from their times at the next start. */
  readonly close: () => Promise<void>;
}

const READING = /^(Get|List)/;

const guardedPublish =
  (publish: LocalEmrServerlessOptions['publish'], report: Report) =>
  (event: BusEvent): void => {
    const send = async (): Promise<void> => {
      try {
        await publish(event);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        report(`local EMR Serverless: could not publish ${event['detail-type']}: ${why}`);
      }
    };
    void send();
  };

/** Starts an EMR Serverless on this machine: its wire protocol, applications, job runs and sessions, its limits and failures. */
export const startLocalEmrServerless = async (options: LocalEmrServerlessOptions): Promise<LocalEmrServerless> => {
  const {
    region,
    accountId,
    executor = null,
    sessionExecutor = null,
    presignSparkUi = noSparkUi,
    report = (problem: string) => console.error(problem),
  } = options;
  const context: LifeContext = {
    ...(await openStores(options.dataDirectory)),
    applicationAlarms: alarmClock(),
    jobRunAlarms: alarmClock(),
    sessionAlarms: alarmClock(),
    timings: { ...DEFAULT_TIMINGS },
    faults: noFaults(),
    uploads: logUploads('local EMR Serverless', options.writeLog, report),
    executions: executions(),
    executor,
    sessionExecutor,
    place: { region, accountId },
    publish: guardedPublish(options.publish, report),
    closing: false,
  };
  const { applications, jobRuns, sessions, faults, place } = context;
  const life = jobRunLife(context, (): ApplicationLife => ofApplications);
  const ofSessions = sessionLife(
    context,
    (): ApplicationLife => ofApplications,
    (application, at) => life.advance(application, at),
  );
  const ofApplications = applicationLife(context, (application, at) => {
    life.advance(application, at);
    ofSessions.advance(application, at);
  });
  const gate = callGate(rateLimiter(limitsOf), faults, { throttled, failed: internalError });
  const flush = (): Promise<unknown> => Promise.all([applications.flush(), jobRuns.flush(), sessions.flush()]);

  const answer: Answer = async (operation, input) => {
    gate.enter(operation);
    const answered = await OPERATIONS[operation](input, {
      applications,
      jobRuns,
      sessions,
      place,
      applicationLife: ofApplications,
      jobRunLife: life,
      sessionLife: ofSessions,
      presignSparkUi,
    });
    await flush();
    if (READING.test(operation) || faults.loseAnswers === 0) return answered;
    faults.loseAnswers -= 1;
    return null;
  };

  const running = await listen(createServer(serverlessRequestListener(answer)), options.port);
  life.resume(Date.now());
  ofSessions.resume(Date.now());
  context.applicationAlarms.start(applications.all().toReversed(), (application, alarm) =>
    ofApplications.onAlarm(application, alarm),
  );
  context.jobRunAlarms.start(jobRuns.all().toReversed(), (run, alarm) => life.onAlarm(run, alarm));
  context.sessionAlarms.start(sessions.all().toReversed(), (session, alarm) => ofSessions.onAlarm(session, alarm));

  return {
    url: running.url,
    control: (order) => applyOrder(context, parseOrder('the local EMR Serverless', orderSchema, order)),
    jobRuns: () => jobRuns.all().map(jobRunView),
    sessions: () => sessions.all().map(sessionView),
    calls: () => gate.calls(),
    async close() {
      context.closing = true;
      context.applicationAlarms.stop();
      context.jobRunAlarms.stop();
      context.sessionAlarms.stop();
      await running.close();
      await ofSessions.close();
      await context.executions.close();
      await context.uploads.settled();
      await flush();
    },
  };
};
