import type { RunView } from '../../../shared/contract/run.ts';
import { toInstant } from '../../../shared/domain/instant.ts';
import { costSoFar } from '../../../shared/domain/workload-cost.ts';
import { moneyText } from '../../lib/amounts.ts';
import { exactDurationText, utcText } from '../../lib/instant-text.ts';
import { runStateWords } from '../runs/run-state.tsx';
import { ENGINE_WORDS, secondsTaken, sizeWords, triggerWords } from '../runs/run-words.ts';

/** A fact of two runs, in words. */
export interface ComparedFact {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** How they differ; null where they do not, or where they always do. */
  readonly difference: string | null;
}

const NONE = '–';

const compared = (name: string, before: string, after: string): ComparedFact => ({
  name,
  before,
  after,
  difference: before === after ? null : 'differs',
});

const timeTaken = (before: RunView, after: RunView, now: number): ComparedFact => {
  const [old, later] = [secondsTaken(before, now), secondsTaken(after, now)];
  const inWords = (seconds: number | null): string => (seconds === null ? NONE : exactDurationText(seconds));
  const more = old === null || later === null ? 0 : later - old;
  return {
    name: 'Took',
    before: inWords(old),
    after: inWords(later),
    difference: Math.abs(more) < 1 ? null : `${exactDurationText(Math.abs(more))} ${more > 0 ? 'longer' : 'less'}`,
  };
};

const costOf = (before: RunView, after: RunView, now: number): ComparedFact => {
  const [old, later] = [costSoFar(before.cost, toInstant(now)), costSoFar(after.cost, toInstant(now))];
  const inWords = (amount: number): string => moneyText(amount, after.cost.currency);
  const isSame = inWords(old) === inWords(later);
  return {
    name: 'Cost',
    before: inWords(old),
    after: inWords(later),
    difference: isSame ? null : `${inWords(Math.abs(later - old))} ${later > old ? 'more' : 'less'}`,
  };
};

/** A success needs none: that all steps were completed is what clusters call theirs. */
const reasonOf = ({ reason, outcome }: RunView): string =>
  reason === null || outcome === 'succeeded' ? NONE : `${reason.code}: ${reason.message}`;

const parametersOf = (before: RunView, after: RunView): readonly ComparedFact[] => {
  const [old, now] = [new Map(Object.entries(before.parameters)), new Map(Object.entries(after.parameters))];
  const inWords = (given: ReadonlyMap<string, unknown>, name: string): string =>
    given.has(name) ? JSON.stringify(given.get(name)) : 'not given';
  return [...new Set([...old.keys(), ...now.keys()])].map((name) =>
    compared(`Parameter ${name}`, inWords(old, name), inWords(now, name)),
  );
};

/** What two runs are and did, fact by fact. */
export const comparedFacts = (before: RunView, after: RunView, now: number): readonly ComparedFact[] => {
  const facts = (name: string, of: (run: RunView) => string): ComparedFact => compared(name, of(before), of(after));
  const reason = facts('Reason', reasonOf);
  return [
    facts('Outcome', (run) => runStateWords(run)[1]),
    ...(reason.before === NONE && reason.after === NONE ? [] : [reason]),
    timeTaken(before, after, now),
    costOf(before, after, now),
    { ...facts('Scheduled', ({ scheduledAt }) => utcText(scheduledAt)), difference: null },
    facts('Started by', triggerWords),
    facts('Engine', ({ engine }) => ENGINE_WORDS[engine].label),
    facts('EMR release', ({ emrRelease }) => emrRelease),
    facts('Size', sizeWords),
    facts('Notebook version', ({ notebookVersion }) => notebookVersion),
    ...parametersOf(before, after),
  ];
};
