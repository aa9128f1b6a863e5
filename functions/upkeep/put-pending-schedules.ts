import type { SparkJob } from '../../shared/domain/spark-job.ts';
import { writeSchedule, type PutScheduleDependencies } from '../jobs/put-schedule.ts';
import { sweep } from '../runtime/sweep.ts';

/** Writes those of the due jobs' schedules that a crash or a failing AWS call left unwritten. @throws SweepFailed */
export const putPendingSchedules = (deps: PutScheduleDependencies) => {
  const write = writeSchedule(deps);
  return (due: readonly SparkJob[]): Promise<number> =>
    sweep({
      what: 'write a pending schedule',
      items: due.filter(({ schedulePendingSince }) => schedulePendingSince !== null),
      evidence: ({ identifier }) => ({ job: identifier }),
      // The index of due jobs lags behind: of a job that was deleted within the minute, a crash would leave the schedule until the next comparison.
      act: async ({ identifier }) => write(await deps.jobs.get(identifier)),
    });
};
