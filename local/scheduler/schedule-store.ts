import * as z from 'zod';

import { AwsError } from '../aws-json.ts';
import { native } from '../native-timers.ts';
import { openStateFile } from '../state-file.ts';
import { Schedule } from './schedule.ts';

const ScheduleGroup = z.object({
  Name: z.string(),
  Arn: z.string(),
  State: z.literal('ACTIVE'),
  CreationDate: z.number(),
  LastModificationDate: z.number(),
});
export type ScheduleGroup = Readonly<z.infer<typeof ScheduleGroup>>;

const State = z.object({ groups: z.array(ScheduleGroup), schedules: z.array(Schedule) });

const DEFAULT_GROUP = 'default';

// A file for every minute that the virtual clock passes in a millisecond would take longer than what happens in it. What
// a crash loses of these notes is delivered once more, as the service may do at any time.
const NOTES_DELAY_MS = 200;

/** Schedules and their groups, in a file. Every refusal is worded as the service words it. */
export class ScheduleStore {
  readonly #groups: Map<string, ScheduleGroup>;
  readonly #schedules: Map<string, Schedule>;
  readonly #write: () => void;
  #later: NodeJS.Timeout | null = null;
  readonly #arnPrefix: string;

  /** @param arnPrefix `arn:aws:scheduler:<Region>:<account>` */
  constructor(file: string, arnPrefix: string) {
    const state = openStateFile<z.infer<typeof State>>(file, State, { groups: [], schedules: [] });
    this.#arnPrefix = arnPrefix;
    this.#groups = new Map(state.value.groups.map((group) => [group.Name, group]));
    this.#schedules = new Map(
      state.value.schedules.map((schedule) => [keyOf(schedule.GroupName, schedule.Name), schedule]),
    );
    this.#write = () => {
      state.write({ groups: [...this.#groups.values()], schedules: [...this.#schedules.values()] });
    };
    if (!this.#groups.has(DEFAULT_GROUP)) this.createGroup(DEFAULT_GROUP);
  }

  createGroup(name: string): ScheduleGroup {
    if (this.#groups.has(name)) throw new AwsError('ConflictException', `Schedule group ${name} already exists.`, 409);
    const now = Date.now() / 1000;
    const group: ScheduleGroup = {
      Name: name,
      Arn: `${this.#arnPrefix}:schedule-group/${name}`,
      State: 'ACTIVE',
      CreationDate: now,
      LastModificationDate: now,
    };
    this.#groups.set(name, group);
    this.#write();
    return group;
  }

  group(name: string): ScheduleGroup {
    const group = this.#groups.get(name);
    if (group === undefined) throw notFound(`Schedule group ${name}`);
    return group;
  }

  groups(): readonly ScheduleGroup[] {
    return [...this.#groups.values()];
  }

  /** With all its schedules. @returns what was removed */
  deleteGroup(name: string): readonly Schedule[] {
    if (name === DEFAULT_GROUP)
      throw new AwsError('ValidationException', 'The default schedule group cannot be deleted.');
    this.group(name);
    const removed = this.schedules().filter(({ GroupName }) => GroupName === name);
    for (const schedule of removed) this.#schedules.delete(keyOf(name, schedule.Name));
    this.#groups.delete(name);
    this.#write();
    return removed;
  }

  arnOf(groupName: string, name: string): string {
    return `${this.#arnPrefix}:schedule/${groupName}/${name}`;
  }

  find(groupName: string, name: string): Schedule | undefined {
    return this.#schedules.get(keyOf(groupName, name));
  }

  get(groupName: string, name: string): Schedule {
    const schedule = this.find(groupName, name);
    if (schedule === undefined) throw notFound(`Schedule ${name}`);
    return schedule;
  }

  put(schedule: Schedule): void {
    this.#schedules.set(keyOf(schedule.GroupName, schedule.Name), schedule);
    this.#write();
  }

  /** Notes how far a schedule's occurrences are dealt with; written a little later, all at once. */
  noteDealtWith(schedule: Schedule, until: number): void {
    const current = this.find(schedule.GroupName, schedule.Name);
    if (current === undefined) return;
    const dealtWithUntil = Math.max(until, current.dealtWithUntil);
    this.#schedules.set(keyOf(schedule.GroupName, schedule.Name), { ...current, dealtWithUntil });
    this.#later ??= native.setTimeout(() => this.flush(), NOTES_DELAY_MS);
  }

  /** Writes what is noted. */
  flush(): void {
    if (this.#later === null) return;
    native.clearTimeout(this.#later);
    this.#later = null;
    this.#write();
  }

  delete(groupName: string, name: string): void {
    this.get(groupName, name);
    this.#schedules.delete(keyOf(groupName, name));
    this.#write();
  }

  /** By name within their groups. */
  schedules(): readonly Schedule[] {
    return [...this.#schedules.values()].toSorted((one, other) => one.Arn.localeCompare(other.Arn));
  }
}

export const notFound = (what: string): AwsError =>
  new AwsError('ResourceNotFoundException', `${what} does not exist.`, 404);

const keyOf = (groupName: string, name: string): string => `${groupName}/${name}`;
