import { join } from 'node:path';

import { heapOf, REPORTING_HEAP } from './heap.ts';
import { usePortal } from './portal.ts';
import type { Table } from './results.ts';
import { newHourlyJob, passDay } from './virtual-day.ts';

/** The first days load what is used at certain hours alone. */
const SETTLED = 2;

/** Bytes by which what is kept may grow with each day after that: the emulators of AWS keep the day's 24 clusters, executions and mails. */
const MOST_A_DAY = 8 * 2 ** 20;

const megabytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

/** What the local stack holds after each of some days on which a job runs every hour, its garbage collected. */
export const memoryTable = async (directory: string, days: number): Promise<Table> => {
  const own = join(directory, 'memory');
  const held = await usePortal(
    own,
    async ({ pid, call }) => {
      await newHourlyJob(call);
      const ofDays: NodeJS.MemoryUsage[] = [];
      for (let day = 0; day < days; day += 1) {
        await passDay(call);
        ofDays.push(await heapOf(pid, own));
      }
      return ofDays;
    },
    REPORTING_HEAP,
  );
  const [settled, last] = [held[SETTLED - 1], held.at(-1)];
  if (settled === undefined || last === undefined) throw new Error(`Memory needs more than ${SETTLED} days.`);
  const growthOf = (part: 'heapUsed' | 'rss'): number => (last[part] - settled[part]) / (days - SETTLED);
  // What a library holds outside of JavaScript is in the second alone.
  const growths = [
    ['heap', growthOf('heapUsed')],
    ['resident memory', growthOf('rss')],
  ] as const;
  return {
    title: 'Memory of the local stack',
    explanation: `MB after each virtual day on which a job runs every hour, garbage collected. From day ${SETTLED} on ${growths.map(([what, growth]) => `the ${what} grew by ${megabytes(growth)} MB`).join(' and ')} a day. The gate of each is ${megabytes(MOST_A_DAY)} MB.`,
    rows: held.map(({ heapUsed, external, arrayBuffers, rss }, index) => ({
      day: index + 1,
      'heap, MB': megabytes(heapUsed),
      'external, MB': megabytes(external),
      'of it buffers, MB': megabytes(arrayBuffers),
      'resident, MB': megabytes(rss),
    })),
    passed: growths.flatMap(([what, growth]) =>
      growth > MOST_A_DAY
        ? [`The local stack's ${what} grows by ${megabytes(growth)} MB a day, more than ${megabytes(MOST_A_DAY)}.`]
        : [],
    ),
  };
};
