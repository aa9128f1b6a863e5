import type { PeoplesActs } from './acts.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Random } from './random.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

interface TimetableDependencies {
  readonly random: Random;
  readonly plan: FaultPlan;
  readonly acts: PeoplesActs;
  /** An operator stops an execution by hand. */
  readonly stopExecution: () => void;
  /** Launches go on. */
  readonly resumeLaunches: () => void;
}

/** When people and operators act: until the calm days. */
export const keepTimetable = ({ random, plan, acts, stopExecution, resumeLaunches }: TimetableDependencies): void => {
  const begin = Date.now();
  const chaos = plan.until - begin;
  setTimeout(resumeLaunches, chaos);
  for (const minutes of [1, 2, 3]) setTimeout(() => void acts.createJob(), minutes * MINUTE);
  for (let after = HOUR / 2; after < chaos; after += random.between(0.05, 1) * HOUR)
    setTimeout(() => void acts.any(), after);
  for (let stops = random.between(0, 12); stops >= 1; stops -= 1)
    setTimeout(stopExecution, random.between(HOUR, chaos));
  // EMR is in a rush when everybody launches.
  for (const { from } of plan.rushes) setTimeout(() => void acts.launch(), from - begin);
};
