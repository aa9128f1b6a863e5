import { isDeepStrictEqual } from 'node:util';

import { ScheduleInput } from '../scheduler/schedule.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { ScheduleStore } from '../scheduler/schedule-store.ts';
import { scheduleGroupsOf, schedulesOf } from './compute-resources.ts';
import type { Deployment } from './deployment.ts';

/** Creates and changes the deployment's own schedules; what has not changed keeps its rhythm across restarts. */
export const deploySchedules = (deployment: Deployment, scheduler: Scheduler, store: ScheduleStore): void => {
  const groups = new Set(store.groups().map(({ Name }) => Name));
  for (const group of scheduleGroupsOf(deployment)) if (!groups.has(group)) store.createGroup(group);

  const wanted = schedulesOf(deployment);
  for (const { name, groupName, input } of wanted) {
    const existing = store.find(groupName, name);
    if (existing === undefined) scheduler.create(groupName, name, input);
    else if (!isDeepStrictEqual(ScheduleInput.parse(existing), ScheduleInput.parse(input))) {
      scheduler.update(groupName, name, input);
    }
  }

  const names = new Set(wanted.map(({ groupName, name }) => `${groupName}/${name}`));
  const groupsOfOurs = new Set(wanted.map(({ groupName }) => groupName));
  for (const { GroupName, Name } of store.schedules()) {
    // In a group of the deployment's own schedules, what it names no more was removed from it.
    if (groupsOfOurs.has(GroupName) && !names.has(`${GroupName}/${Name}`)) scheduler.delete(GroupName, Name);
  }
};
