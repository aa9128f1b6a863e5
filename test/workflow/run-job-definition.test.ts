import { describe, expect, it } from 'vitest';
import { MAX_WAITS, RUN_JOB_STATES, WAIT_SECONDS } from '../../shared/contract/run-job.ts';
import { LIMITS_OF_LIMITS } from '../../shared/domain/settings.ts';
import { definition, type StateDefinition } from './run-workflow.ts';

const states = Object.entries(definition.States);
const tasks = states.filter(([, { Type }]) => Type === 'Task');

const attemptsOf = ({ Retry = [] }: StateDefinition): number =>
  1 + Retry.reduce((sum, { MaxAttempts }) => sum + Number(MaxAttempts), 0);

/** Step Functions' events for one visit with every attempt used: entered, exited, and up to four for each attempt of a task. */
const eventsOf = (state: StateDefinition): number => {
  if (state.Type !== 'Task') return 2;
  const each = state.Resource?.endsWith('.waitForTaskToken') ? 4 : 3;
  return 2 + each * attemptsOf(state);
};

const following = ({ Next, Default, Choices = [], Catch = [] }: StateDefinition): string[] =>
  [Next, Default, ...Choices.map((choice) => choice.Next), ...Catch.map((handler) => handler.Next)].filter(
    (name) => name !== undefined,
  );

/** Events of the costliest way from a state to `end` (or to where the flow stops), not passing `without` again. */
const costliest = (from: string, end: string | null, without: readonly string[] = []): number => {
  const state = definition.States[from];
  if (state === undefined || without.includes(from)) return -Infinity;
  const ways = following(state).map((next) => (next === end ? 0 : costliest(next, end, [...without, from])));
  const isLast = end === null && ways.length === 0;
  return eventsOf(state) + (isLast ? 0 : Math.max(...ways));
};

describe('the run-job definition', () => {
  it('has exactly the states of the contract', () => {
    expect(states.map(([name]) => name).toSorted()).toEqual(Object.values(RUN_JOB_STATES).toSorted());
  });

  it.each(tasks)('%s: retries with full jitter from one second, capped at one hour', (_name, { Retry }) => {
    expect(Retry).toHaveLength(1);
    expect(Retry?.[0]).toMatchObject({
      IntervalSeconds: 1,
      BackoffRate: 2,
      MaxDelaySeconds: 3600,
      JitterStrategy: 'FULL',
      ErrorEquals: expect.arrayContaining(['AwsThrottled', 'AwsFailed']) as string[],
    });
  });

  it.each(tasks)('%s: has a limit of time', (name, { TimeoutSeconds, TimeoutSecondsPath }) => {
    const limit = name === RUN_JOB_STATES.awaitOutcome ? '$.Payload.timeoutSeconds' : 120;
    expect(TimeoutSecondsPath ?? TimeoutSeconds).toBe(limit);
  });

  it('finds the limit of the wait for an outcome at one path, in the input as in the parameters', () => {
    const { Parameters } = definition.States[RUN_JOB_STATES.awaitOutcome] as StateDefinition;
    expect(Parameters).toMatchObject({ Payload: { 'timeoutSeconds.$': '$.Payload.timeoutSeconds' } });
  });

  it('waits ten minutes at a time, together longer than any run may take', () => {
    expect(definition.States[RUN_JOB_STATES.waitForPreviousRun]?.Seconds).toBe(600);
    expect(MAX_WAITS * WAIT_SECONDS).toBeGreaterThan(LIMITS_OF_LIMITS.maxTimeout * 3600);
  });

  it('waits for a turn as long as provisioning says', () => {
    expect(definition.States[RUN_JOB_STATES.waitForTurn]).toEqual({
      Type: 'Wait',
      SecondsPath: '$.Payload.waitSeconds',
      Next: RUN_JOB_STATES.provisionRun,
    });
  });

  it('stays within the 25,000 events of a history, even with every attempt of every task in every round', () => {
    const { getJob, begin } = RUN_JOB_STATES;
    const round = costliest(getJob, getJob);
    const rest = costliest(getJob, null, [RUN_JOB_STATES.waitForPreviousRun]);
    const all = eventsOf(definition.States[begin] as StateDefinition) + round * MAX_WAITS + rest + 2;
    expect(all).toBeGreaterThan(10_000);
    expect(all).toBeLessThan(25_000);
  });
});
