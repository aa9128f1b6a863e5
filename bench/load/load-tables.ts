import { recordedCalls } from '../../test/local/recorded-calls.ts';
import { shownPaths } from '../../test/local/shown-paths.ts';
import { median } from '../median.ts';
import type { Table } from '../results.ts';
import type { Size } from './fill.ts';
import { FURTHER_PATHS, SEARCHES } from './further-paths.ts';
import { durations } from './measure.ts';
import { overheadTable } from './overhead-table.ts';
import { openPortals, type Portal } from './portals.ts';

/** A page of each list, and nothing behind it. */
export const ONE_PAGE: Size = { people: 25, jobs: 25, clusters: 25, sessions: 25, runs: 500 };

export const FULL: Size = { people: 1000, jobs: 5000, clusters: 500, sessions: 100, runs: 100_000 };
/** A fifth, for a first look. */
export const FIFTH: Size = { people: 200, jobs: 1000, clusters: 100, sessions: 30, runs: 20_000 };

const ROUNDS = 15;

/** A page of a list takes at most so many times as long, whatever is behind it. */
const MOST_TIMES = 2;

/**
 * What looks at every object cannot take as long whatever there is: with two hundred times as many objects these may take so many times as
 * long, from the second answer on (docs/scale.md).
 */
const MOST_TIMES_OF_ALL = 5;

/** Sums of all that runs, and of everybody's usage. */
const SUMS_OF_ALL: readonly string[] = ['/api/admin/overview', '/api/admin/usage'];

/** Sums of what some people used: a large portal has more people, who use no more, so that these have the gate of a page. */
const SUMS_OF_SOME: readonly string[] = ['/api/admin/people', '/api/me/usage'];

const SUMS: ReadonlySet<string> = new Set([...SUMS_OF_ALL, ...SUMS_OF_SOME]);

interface Measured {
  readonly path: string;
  /** Milliseconds of the first answer of the larger portal, of which nothing is kept in memory yet. */
  readonly first: number;
  /** Milliseconds. */
  readonly smaller: number;
  readonly larger: number;
}

/** Both are asked in turn: what slows the machine slows them all. */
const inTurn = async (portals: readonly [Portal, Portal], paths: readonly string[]): Promise<readonly Measured[]> => {
  const [smaller, larger]: [number[][], number[][]] = [[], []];
  const ask = ({ url, cookie }: Portal) => durations(url, cookie, paths);
  await ask(portals[0]);
  const first = await ask(portals[1]);
  for (let round = 0; round < ROUNDS; round += 1) {
    smaller.push([...(await ask(portals[0]))]);
    larger.push([...(await ask(portals[1]))]);
  }
  const medianOf = (rounds: readonly number[][], place: number): number =>
    median(rounds.map((round) => round[place] ?? Number.NaN));
  return paths.map((path, place) => ({
    path,
    first: first[place] ?? Number.NaN,
    smaller: medianOf(smaller, place),
    larger: medianOf(larger, place),
  }));
};

const rowOf = ({ path, first, smaller, larger }: Measured) => ({
  request: path,
  'one page, ms': smaller.toFixed(1),
  'full, ms': larger.toFixed(1),
  'full, first answer, ms': first.toFixed(0),
  times: (larger / smaller).toFixed(2),
});

const isOfSome = ({ path }: Measured): boolean => SUMS_OF_SOME.includes(path);

const past = (measured: readonly Measured[], most: number, what: string): readonly string[] =>
  measured.flatMap((each) => {
    const times = each.larger / each.smaller;
    return times > most ? [`${each.path} takes ${times.toFixed(2)} times as long with ${what}.`] : [];
  });

/** @returns tables of answers' times: by how much there is, and beside the calls to DynamoDB that each makes */
export const loadTables = async (directory: string, size: Size): Promise<readonly Table[]> => {
  const { first, portals } = await openPortals(directory, [ONE_PAGE, size]);
  try {
    const shown = [...shownPaths(first).values()];
    const pages = await inTurn(portals, [...shown.filter((path) => !SUMS.has(path)), ...FURTHER_PATHS]);
    // Apart: what large answers leave to be collected slows the next.
    const searches = await inTurn(portals, [...SEARCHES, ...SUMS]);
    const what = `${size.people} people, ${size.jobs} jobs, ${size.clusters} clusters that run, ${size.sessions} sessions and ${size.runs} runs`;
    return [
      {
        title: 'Load: lists and pages',
        explanation: `Medians of ${ROUNDS} requests of a portal with ${what}, and of one whose lists have one page each, asked in turn. At most ${MOST_TIMES} times.`,
        rows: pages.map(rowOf),
        passed: past(pages, MOST_TIMES, what),
      },
      {
        title: 'Load: what is searched, sorted and summed up',
        explanation: `The same of requests that look at every object. Long lists come from memory, a minute long. At most ${MOST_TIMES_OF_ALL} times, and ${MOST_TIMES} times of what some people used.`,
        rows: searches.map(rowOf),
        passed: [
          ...past(searches.filter(isOfSome), MOST_TIMES, what),
          ...past(
            searches.filter((each) => !isOfSome(each)),
            MOST_TIMES_OF_ALL,
            what,
          ),
        ],
      },
      overheadTable(recordedCalls(portals[0].directory)),
    ];
  } finally {
    for (const portal of portals) await portal.end();
  }
};
