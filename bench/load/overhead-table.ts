import type { AwsCall, Invocation } from '../../test/local/recorded-calls.ts';
import { median } from '../median.ts';
import type { Table } from '../results.ts';

/** An answer takes at most so many times as long as the calls to DynamoDB that it waits for. */
const MOST_TIMES = 1.5;

/** Fewer tell nothing. */
const FEWEST_ANSWERS = 10;

/** Milliseconds in which at least one call was under way. */
const waited = (calls: readonly AwsCall[]): number => {
  let total = 0;
  let reached = 0;
  for (const { from, until } of calls.toSorted((one, other) => one.from - other.from)) {
    if (until === null || until <= reached) continue;
    total += until - Math.max(from, reached);
    reached = until;
  }
  return total;
};

const usesDynamoDbOnly = ({ calls }: Invocation): boolean =>
  calls.length > 0 && calls.every(({ name }) => name.startsWith('DynamoDB '));

/** What the functions themselves add to the calls that they wait for. */
export const overheadTable = (invocations: readonly Invocation[]): Table => {
  const routes = Map.groupBy(
    invocations.filter(usesDynamoDbOnly),
    ({ payload }) => (payload as { readonly routeKey?: string }).routeKey ?? '',
  );
  const measured = [...routes]
    .filter(([route, answers]) => route.startsWith('GET ') && answers.length >= FEWEST_ANSWERS)
    .map(([route, answers]) => ({
      route,
      answer: median(answers.map(({ from, until }) => until - from)),
      calls: median(answers.map(({ calls }) => waited(calls))),
      times: median(answers.map(({ from, until, calls }) => (until - from) / waited(calls))),
    }));
  return {
    title: 'Functions beside their calls',
    explanation: `Medians of the time of an invocation, and of the part of it in which it waits for DynamoDB. At most ${MOST_TIMES} times.`,
    rows: measured.map(({ route, answer, calls, times }) => ({
      route,
      'answer, ms': answer.toFixed(1),
      'DynamoDB, ms': calls.toFixed(1),
      times: times.toFixed(2),
    })),
    passed: measured.flatMap(({ route, times }) =>
      times > MOST_TIMES ? [`${route} takes ${times.toFixed(2)} times as long as its calls to DynamoDB.`] : [],
    ),
  };
};
