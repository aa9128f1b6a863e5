import { RehearsalStopped } from './rehearsal-stopped.ts';

export interface Check {
  readonly name: string;
  readonly passed: boolean;
  readonly detail: string;
  readonly seconds: number;
}

/** A check did not find what it should have. */
class NotAsExpected extends Error {
  override readonly name = 'NotAsExpected';
}

/** @throws NotAsExpected unless it holds */
export function expectThat(holds: boolean, otherwise: string): asserts holds {
  if (!holds) throw new NotAsExpected(otherwise);
}

/** Carries out checks one by one and remembers how each went. */
export class Checks {
  readonly done: Check[] = [];

  /**
   * @returns what the check returns, so that the next ones can build on it
   * @throws RehearsalStopped where it failed: what follows builds on it
   */
  async check<Result>(
    name: string,
    carryOut: () => Promise<Result>,
    describe?: (result: Result) => string,
  ): Promise<Result> {
    const start = Date.now();
    const seconds = () => Math.round((Date.now() - start) / 100) / 10;
    try {
      const result = await carryOut();
      this.add({ name, passed: true, detail: describe?.(result) ?? '', seconds: seconds() });
      return result;
    } catch (error) {
      this.add({
        name,
        passed: false,
        detail: error instanceof Error ? error.message : String(error),
        seconds: seconds(),
      });
      throw new RehearsalStopped(`${name}: failed`, { cause: error });
    }
  }

  add(check: Check): void {
    this.done.push(check);
    console.log(`${check.passed ? '✓' : '✗'} ${check.name} (${check.seconds} s) ${check.detail}`);
  }
}

/** The checks as a table for the end of a log. */
export const tableOf = (checks: readonly Check[]): string => {
  const rows = checks.map(({ name, passed, detail, seconds }) => [
    passed ? 'ok' : 'FAILED',
    name,
    detail,
    `${seconds} s`,
  ]);
  const line = ([result = '', name = '', detail = '', time = '']: readonly string[]) =>
    `${result.padEnd(7)} ${time.padStart(7)}  ${name.padEnd(Math.max(...rows.map((row) => row[1]?.length ?? 0)))}  ${detail.split('\n')[0]}`;
  return rows.map(line).join('\n');
};
