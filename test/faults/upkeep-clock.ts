import { PERIODIC_TASKS, periodOf, type PeriodicTask } from '../../shared/contract/upkeep.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Random } from './random.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const firstAt = (task: PeriodicTask, random: Random): number => {
  const { minutes, at } = periodOf(task);
  if (at === undefined) return random.between(0, minutes * MINUTE);
  const due = Date.parse(`${new Date().toISOString().slice(0, 10)}T${at}:00.000Z`) - Date.now();
  return due < 0 ? due + DAY : due;
};

/** Scheduler calls the upkeep by the clock; a call may come twice, late or never. The daily ones are tried again for a day. */
export const startUpkeep = (random: Random, plan: FaultPlan, invoke: (event: unknown) => void): void => {
  for (const task of Object.keys(PERIODIC_TASKS) as PeriodicTask[]) {
    const fewest = periodOf(task).at === undefined ? 0 : 1;
    const call = (): void => {
      if (plan.isOut('scheduler')) return;
      const copies = plan.loses() ? fewest : plan.doubles() ? 2 : 1;
      for (let copy = 0; copy < copies; copy += 1) setTimeout(() => invoke({ task }), plan.travel(10_000));
    };
    setTimeout(
      () => {
        call();
        setInterval(call, periodOf(task).minutes * MINUTE);
      },
      firstAt(task, random),
    );
  }
};
