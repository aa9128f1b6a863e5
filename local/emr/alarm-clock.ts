import type { Alarm, AlarmKind, ClusterRecord } from './cluster-record.ts';

// A timer cannot be set further ahead; when it fires early, it is simply set again.
const LONGEST_TIMEOUT = 2 ** 31 - 1;

export type OnAlarm = (cluster: ClusterRecord, alarm: Alarm) => void;

export interface AlarmClock {
  set(cluster: ClusterRecord, kind: AlarmKind, at: number, stepId?: string): void;
  clear(cluster: ClusterRecord, kind?: AlarmKind, stepId?: string): void;
  /** Takes up alarms from before a restart; those overdue go off at once, in the order of their times. */
  start(clusters: Iterable<ClusterRecord>, onAlarm: OnAlarm): void;
  stop(): void;
}

/**
 * Goes off for the earliest alarm of all clusters, each with the time it was set for: so what is due in a time that was
 * jumped over, or slept through, happens in order and is stamped as if nothing had been late.
 */
export const alarmClock = (): AlarmClock => {
  const clusters = new Set<ClusterRecord>();
  let listener: OnAlarm | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const earliest = (): { cluster: ClusterRecord; alarm: Alarm } | null => {
    let first: { cluster: ClusterRecord; alarm: Alarm } | null = null;
    for (const cluster of clusters) {
      for (const alarm of cluster.alarms) {
        if (first === null || alarm.at < first.alarm.at) first = { cluster, alarm };
      }
    }
    return first;
  };

  const rearm = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const next = listener === null ? null : earliest();
    if (next === null) return;
    timer = setTimeout(ring, Math.min(Math.max(0, next.alarm.at - Date.now()), LONGEST_TIMEOUT));
  };

  const drop = (cluster: ClusterRecord, gone: (alarm: Alarm) => boolean): void => {
    cluster.alarms = cluster.alarms.filter((alarm) => !gone(alarm));
    if (cluster.alarms.length === 0) clusters.delete(cluster);
  };

  const ring = (): void => {
    for (let due = earliest(); due !== null && due.alarm.at <= Date.now(); due = earliest()) {
      const { cluster, alarm } = due;
      drop(cluster, (other) => other === alarm);
      listener?.(cluster, alarm);
    }
    rearm();
  };

  return {
    set(cluster, kind, at, stepId) {
      cluster.alarms = [...cluster.alarms, { kind, at, stepId: stepId ?? null }];
      clusters.add(cluster);
      rearm();
    },
    clear(cluster, kind, stepId) {
      drop(
        cluster,
        (alarm) => (kind === undefined || alarm.kind === kind) && (stepId === undefined || alarm.stepId === stepId),
      );
      rearm();
    },
    start(known, onAlarm) {
      for (const cluster of known) if (cluster.alarms.length > 0) clusters.add(cluster);
      listener = onAlarm;
      ring();
    },
    stop() {
      listener = null;
      rearm();
    },
  };
};
