import { join } from 'node:path';

import type { Call } from '../test/local/caller.ts';
import { uploadNotebook } from '../test/local/upload-notebook.ts';
import { must, usePortal } from './portal.ts';
import { processorSeconds, residentMegabytes } from './process-use.ts';
import type { Table } from './results.ts';

/** A move of the clock must be answered before its client gives up. */
const STEP_HOURS = 6;

/** Processor time of a day, as a multiple of what the same stack took to start: a busy machine slows both. */
const MOST_TIMES_START = 10;

export const newHourlyJob = (person: Call): Promise<unknown> =>
  uploadNotebook(person).then((notebookUploadId) =>
    must(
      201,
      person('/api/spark-jobs', {
        identifier: 'hourly',
        description: 'Greets somebody.',
        notebookUploadId,
        engine: 'cluster',
        schedule: { type: 'cron', expression: '0 * * * ? *', timeZone: 'UTC' },
      }),
    ),
  );

export const passDay = async (call: Call): Promise<void> => {
  for (let hour = 0; hour < 24; hour += STEP_HOURS)
    await must(200, call('/local/clock', { advance: `PT${STEP_HOURS}H` }));
};

interface Use {
  readonly start: number;
  readonly processor: number;
  readonly wall: number;
  readonly megabytes: number;
}

/** @param prepare what there is in the portal when the day begins */
const useOfDay = (directory: string, prepare: (person: Call) => Promise<unknown>): Promise<Use> =>
  usePortal(directory, async ({ pid, call }) => {
    const start = processorSeconds(pid);
    await prepare(call);
    const [before, begun] = [processorSeconds(pid), performance.now()];
    await passDay(call);
    return {
      start,
      processor: processorSeconds(pid) - before,
      wall: (performance.now() - begun) / 1000,
      megabytes: residentMegabytes(pid),
    };
  });

/** What it costs to move the local stack's time on by a day. */
export const virtualDayTable = async (directory: string): Promise<Table> => {
  const measured = [
    { day: 'nothing happens', ...(await useOfDay(join(directory, 'quiet'), async () => {})) },
    { day: 'a job runs every hour', ...(await useOfDay(join(directory, 'hourly'), newHourlyJob)) },
  ];
  return {
    title: 'A virtual day of the local stack',
    explanation:
      'Processor time of the whole process while its clock is moved on by 24 hours, beside what its own start took, and the memory that it holds then. ' +
      `The gate is ${MOST_TIMES_START} times the start.`,
    rows: measured.map(({ day, start, processor, wall, megabytes }) => ({
      day,
      'processor, s': processor.toFixed(1),
      s: wall.toFixed(1),
      'start, processor, s': start.toFixed(1),
      'times the start': (processor / start).toFixed(1),
      MB: megabytes.toFixed(0),
    })),
    passed: measured.flatMap(({ day, start, processor }) =>
      processor > MOST_TIMES_START * start
        ? [
            `A day on which ${day} takes ${(processor / start).toFixed(1)} times the start, more than ${MOST_TIMES_START}.`,
          ]
        : [],
    ),
  };
};
