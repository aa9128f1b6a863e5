import { setTimeout as sleep } from 'node:timers/promises';
import { expectThat } from '../checks.ts';

/** Asks again and again until the answer is there. */
export const patiently = async <Result>(
  what: string,
  seconds: number,
  ask: () => Promise<Result | null | undefined | false>,
): Promise<Result> => {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const result = await ask();
    if (result !== null && result !== undefined && result !== false) return result;
    expectThat(Date.now() < end, `${what}: not within ${seconds} seconds`);
    await sleep(1000);
  }
};
