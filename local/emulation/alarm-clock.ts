// A timer cannot be set further ahead; when it fires early, it is simply set again.
const LONGEST_TIMEOUT = 2 ** 31 - 1;

/** What is to happen to a record at a time (milliseconds since the epoch). */
interface TimedAlarm {
  readonly at: number;
}

/** A record that keeps its own alarms, so that they outlast a restart. */
interface Alarmed<Alarm extends TimedAlarm> {
  alarms: Alarm[];
}

export interface AlarmClock<Alarm extends TimedAlarm, Record extends Alarmed<Alarm>> {
  set(record: Record, alarm: Alarm): void;
  /** Clears all of a record's alarms, or those of one kind. */
  clear(record: Record, gone?: (alarm: Alarm) => boolean): void;
  /** Takes up alarms from before a restart; those overdue go off at once, in the order of their times. */
  start(records: Iterable<Record>, onAlarm: (record: Record, alarm: Alarm) => void): void;
  stop(): void;
}

/**
 * Goes off for the earliest alarm of all records, each with the time it was set for: so what is due in a time that was
 * jumped over, or slept through, happens in order and is stamped as if nothing had been late.
 */
export const alarmClock = <Alarm extends TimedAlarm, Record extends Alarmed<Alarm>>(): AlarmClock<Alarm, Record> => {
  const records = new Set<Record>();
  let listener: ((record: Record, alarm: Alarm) => void) | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const earliest = (): { record: Record; alarm: Alarm } | null => {
    let first: { record: Record; alarm: Alarm } | null = null;
    for (const record of records) {
      for (const alarm of record.alarms) {
        if (first === null || alarm.at < first.alarm.at) first = { record, alarm };
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

  const drop = (record: Record, gone: (alarm: Alarm) => boolean): void => {
    record.alarms = record.alarms.filter((alarm) => !gone(alarm));
    if (record.alarms.length === 0) records.delete(record);
  };

  const ring = (): void => {
    for (let due = earliest(); due !== null && due.alarm.at <= Date.now(); due = earliest()) {
      const { record, alarm } = due;
      drop(record, (other) => other === alarm);
      listener?.(record, alarm);
    }
    rearm();
  };

  return {
    set(record, alarm) {
      record.alarms = [...record.alarms, alarm];
      records.add(record);
      rearm();
    },
    clear(record, gone = () => true) {
      drop(record, gone);
      rearm();
    },
    start(known, onAlarm) {
      for (const record of known) if (record.alarms.length > 0) records.add(record);
      listener = onAlarm;
      ring();
    },
    stop() {
      listener = null;
      rearm();
    },
  };
};
