import { randomUUID } from 'node:crypto';

import { AwsError } from '../aws-json.ts';
import { nextOccurrence, readScheduleInput, startOfMinute, type Schedule } from './schedule.ts';
import type { ScheduleStore } from './schedule-store.ts';
import type { Delivery, DeliverToTarget } from './targets.ts';

/** Timers hold 31 bits of milliseconds. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Fires schedules, delivers what fell due while the stack was down, and retries what was not taken. */
export class Scheduler {
  readonly #store: ScheduleStore;
  readonly #deliver: DeliverToTarget;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(store: ScheduleStore, deliver: DeliverToTarget) {
    this.#store = store;
    this.#deliver = deliver;
  }

  /** Begins to fire; occurrences missed meanwhile come at once, in order, as far as their targets still want them. */
  start(): void {
    const missed = this.#store.schedules().flatMap((schedule) => this.#missedOccurrences(schedule));
    missed.sort((one, other) => one.time - other.time);
    for (const { schedule, time } of missed) this.#fire(schedule, time);
    const now = Date.now();
    for (const schedule of this.#store.schedules()) {
      // What is older than its target wants is lost.
      this.#arm({ ...schedule, dealtWithUntil: Math.max(schedule.dealtWithUntil, now) });
    }
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#store.flush();
  }

  /** @throws AwsError */
  create(groupName: string, name: string, input: unknown): Schedule {
    this.#store.group(groupName);
    if (this.#store.find(groupName, name) !== undefined) {
      throw new AwsError('ConflictException', `Schedule ${name} already exists.`, 409);
    }
    return this.#put(groupName, name, input, Date.now() / 1000);
  }

  /** Replaces all of the schedule: what is left out has its default again. @throws AwsError */
  update(groupName: string, name: string, input: unknown): Schedule {
    return this.#put(groupName, name, input, this.#store.get(groupName, name).CreationDate);
  }

  delete(groupName: string, name: string): void {
    this.#disarm(this.#store.get(groupName, name));
    this.#store.delete(groupName, name);
  }

  deleteGroup(name: string): void {
    for (const schedule of this.#store.deleteGroup(name)) this.#disarm(schedule);
  }

  #put(groupName: string, name: string, input: unknown, creationDate: number): Schedule {
    const now = Date.now();
    const content = readScheduleInput(input, now);
    const schedule: Schedule = {
      ...content,
      Name: name,
      GroupName: groupName,
      Arn: this.#store.arnOf(groupName, name),
      CreationDate: creationDate,
      LastModificationDate: now / 1000,
      // A rate begins within the very minute of its start date; wall times are only those to come.
      dealtWithUntil: content.ScheduleExpression.startsWith('rate') ? startOfMinute(now) - 1 : now,
    };
    this.#store.put(schedule);
    this.#arm(schedule);
    return schedule;
  }

  #missedOccurrences(schedule: Schedule): { schedule: Schedule; time: number }[] {
    if (schedule.State === 'DISABLED') return [];
    const now = Date.now();
    const oldest = now - schedule.Target.RetryPolicy.MaximumEventAgeInSeconds * 1000;
    const missed: { schedule: Schedule; time: number }[] = [];
    let time = nextOccurrence(schedule, Math.max(schedule.dealtWithUntil, oldest - 1));
    while (time !== null && time <= now) {
      missed.push({ schedule, time });
      time = nextOccurrence(schedule, time);
    }
    return missed;
  }

  #arm(schedule: Schedule): void {
    this.#disarm(schedule);
    if (schedule.State === 'DISABLED') return;
    const time = nextOccurrence(schedule, schedule.dealtWithUntil);
    if (time === null) {
      if (schedule.ActionAfterCompletion === 'DELETE') this.#store.delete(schedule.GroupName, schedule.Name);
      return;
    }
    const wait = Math.max(0, time - Date.now());
    const onTime = (): void => {
      this.#fire(schedule, time);
      this.#arm(this.#store.get(schedule.GroupName, schedule.Name));
    };
    const timer =
      wait > LONGEST_TIMER_MS ? setTimeout(() => this.#arm(schedule), LONGEST_TIMER_MS) : setTimeout(onTime, wait);
    this.#timers.set(schedule.Arn, timer);
  }

  #disarm({ Arn }: Schedule): void {
    clearTimeout(this.#timers.get(Arn));
    this.#timers.delete(Arn);
  }

  #fire(schedule: Schedule, time: number): void {
    const delivery: Delivery = { schedule, scheduledTime: time, executionId: randomUUID() };
    this.#deliver(delivery);
    // After the delivery: a crash in between delivers it once more, never not at all.
    this.#store.noteDealtWith(schedule, time);
  }
}
