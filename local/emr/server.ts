import { createServer } from 'node:http';
import type { SessionAlarm } from '../connect/connect-session.ts';
import type { SessionExecutor } from '../connect/session-executor.ts';
import { groupIdsOf, type LaunchNetwork } from '../ec2/launch-network.ts';
import { noSparkUi, type PresignSparkUi } from '../emulation/presigned-spark-ui.ts';
import { listen } from '../server.ts';
import { alarmClock } from '../emulation/alarm-clock.ts';
import { parseOrder } from '../emulation/control-order.ts';
import { executions } from '../emulation/executions.ts';
import { logUploads, type Report, type WriteLog } from '../emulation/log-uploads.ts';
import { applyOrder, type EmrControlState } from './apply-order.ts';
import { callHandling, type CallCount } from './call-handling.ts';
import { clusterLife } from './cluster-life.ts';
import { hasEnded } from './cluster-record.ts';
import { clusterSessions } from './cluster-sessions.ts';
import { clusterView, type ClusterView } from './cluster-view.ts';
import { orderSchema } from './control.ts';
import type { EmrEvent } from './events.ts';
import { noFaults } from './faults.ts';
import type { LifeContext } from './life-context.ts';
import { openClusterStore } from './open-cluster-store.ts';
import { runStep } from './run-step.ts';
import { openSessionStore, type SessionRecord } from './session-record.ts';
import { sessionView, type SessionView } from './session-view.ts';
import { DEFAULT_TIMINGS } from './settings.ts';
import type { StepExecutor } from './step-executor.ts';
import { stepLogs } from './step-logs.ts';
import { emrRequestListener } from './wire-protocol.ts';

export interface LocalEmrOptions {
  /** 0 takes a free one. */
  readonly port: number;
  /** For this EMR alone; made when it is not there. */
  readonly dataDirectory: string;
  /** Takes EMR's events, as EventBridge would. Its failures are reported, nothing waits for it. */
  readonly publish: (event: EmrEvent) => void | Promise<void>;
  readonly writeLog: WriteLog;
  /** Without one no step is executed; each says so in its stdout. */
  readonly executor?: StepExecutor;
  /** Without one sessions live without Spark: their endpoints answer that there is none. */
  readonly sessionExecutor?: SessionExecutor;
  /** Without one the groups of a launch are not looked at. */
  readonly network?: LaunchNetwork;
  /** Without it no cluster has a Spark UI. */
  readonly presignSparkUi?: PresignSparkUi;
  readonly region: string;
  readonly accountId: string;
  /** Where problems nobody can be answered with go; the console by default. */
  readonly report?: Report;
}

export interface LocalEmr {
  /** For `AWS_ENDPOINT_URL_EMR`. */
  readonly url: string;
  /** Carries out an order of `POST /local/emr`. @throws InvalidOrder */
  readonly control: (order: unknown) => EmrControlState;
  /** Every cluster held, newest first. */
  readonly clusters: () => ClusterView[];
  /** Every session held, newest first. */
  readonly sessions: () => SessionView[];
  readonly calls: () => CallCount;
  /** The cluster that an EC2 instance is a node of. */
  readonly clusterOf: (instanceId: string) => string | null;
  /** Whether a cluster that has not ended is in the security group. */
  readonly usesGroup: (groupId: string) => boolean;
  /** Stops serving and all timers and step processes; clusters go on from their times at the next start. */
  readonly close: () => Promise<void>;
}

const guardedPublish =
  (publish: LocalEmrOptions['publish'], report: Report) =>
  (event: EmrEvent): void => {
    const send = async (): Promise<void> => {
      try {
        await publish(event);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        report(`local EMR: could not publish ${event['detail-type']} ${event.detail['state'] ?? ''}: ${why}`);
      }
    };
    void send();
  };

/**
 * Starts an EMR on this machine: its wire protocol, its clusters' lives, its limits and failures.
 */
export const startLocalEmr = async (options: LocalEmrOptions): Promise<LocalEmr> => {
  const {
    region,
    accountId,
    executor,
    sessionExecutor = null,
    presignSparkUi = noSparkUi,
    report = (problem: string) => console.error(problem),
  } = options;
  const store = await openClusterStore(options.dataDirectory);
  const place = { region, accountId };
  const processes = executor === undefined ? null : { ...executions(), runStep: runStep(executor, region) };
  const uploads = logUploads('local EMR', options.writeLog, report);
  const context: LifeContext = {
    store,
    alarms: alarmClock(),
    timings: { ...DEFAULT_TIMINGS },
    faults: noFaults(),
    logs: stepLogs(uploads),
    processes,
    network: options.network ?? null,
    place,
    publish: guardedPublish(options.publish, report),
    closing: false,
  };
  const ofSessions = {
    sessions: await openSessionStore(options.dataDirectory),
    sessionAlarms: alarmClock<SessionAlarm, SessionRecord>(),
    executions: executions(),
    sessionExecutor,
    faults: context.faults,
    place,
    closing: false,
  };
  const sessions = clusterSessions(ofSessions, ({ clusterId }) => store.find(clusterId));
  const life = clusterLife(context, sessions);
  const flush = (): Promise<unknown> => Promise.all([store.flush(), ofSessions.sessions.flush()]);
  const { answer, calls } = callHandling({ store, life, sessions, place, presignSparkUi }, context.faults, flush);

  const server = createServer(emrRequestListener(answer, report));
  const running = await listen(server, options.port);
  life.resume();
  sessions.resume(Date.now());
  ofSessions.sessionAlarms.start(ofSessions.sessions.all().toReversed(), (session, alarm) =>
    sessions.onAlarm(session, alarm),
  );

  return {
    url: running.url,
    control: (order) => applyOrder({ ...context, life }, parseOrder('the local EMR', orderSchema, order)),
    clusters: () => store.all().map(clusterView),
    sessions: () => ofSessions.sessions.all().map(sessionView),
    calls,
    clusterOf: (instanceId) =>
      store
        .all()
        .find(({ instanceSets }) =>
          instanceSets.some(({ instances }) => instances.some(({ ec2Id }) => ec2Id === instanceId)),
        )?.id ?? null,
    usesGroup: (groupId) =>
      store.all().some((cluster) => !hasEnded(cluster) && groupIdsOf(cluster.request.Instances).includes(groupId)),
    async close() {
      context.closing = true;
      ofSessions.closing = true;
      context.alarms.stop();
      ofSessions.sessionAlarms.stop();
      await running.close();
      await sessions.close();
      await Promise.all([processes?.close(), ofSessions.executions.close()]);
      await uploads.settled();
      await flush();
    },
  };
};
