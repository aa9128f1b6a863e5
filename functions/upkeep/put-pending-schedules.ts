import { writeSchedule, type PutScheduleDependencies } from '../jobs/put-schedule.ts';
import { sweep, type Task } from '../runtime/sweep.ts';

/** Writes the schedules that a crash or a failing AWS call left unwritten. @throws SweepFailed */
export const putPendingSchedules =
  (deps: PutScheduleDependencies): Task =>
  async () =>
    sweep({
      what: 'write a pending schedule',
      items: (await deps.jobs.dueForUpkeep(deps.clock.now())).filter(
        ({ schedulePendingSince }) => schedulePendingSince !== null,
      ),
      evidence: ({ identifier }) => ({ job: identifier }),
      act: writeSchedule(deps),
    });
