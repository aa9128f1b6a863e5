import { toInstant, type Instant } from '../../shared/domain/instant.ts';
import type { Clock } from './clock.ts';

interface KeptAnswersOptions<Answer> {
  readonly clock: Clock;
  readonly forMs: number;
  /** In memory; the one read first goes first. */
  readonly most: number;
  readonly isWorthKeeping?: (answer: Answer) => boolean;
}

/** An answer as it was read last, or read now. */
export type KeptAnswers<Answer> = (
  name: string,
  read: () => Promise<Answer>,
) => Promise<{ readonly answer: Answer; readonly isKept: boolean }>;

/** Keeps answers in memory for a while. Requests of the same moment share one read; one that fails is not kept. */
export const keptAnswers = <Answer>({
  clock,
  forMs,
  most,
  isWorthKeeping = () => true,
}: KeptAnswersOptions<Answer>): KeptAnswers<Answer> => {
  const kept = new Map<string, { readonly until: Instant; readonly answer: Promise<Answer> }>();
  return async (name, read) => {
    const now = clock.now();
    const known = kept.get(name);
    if (known !== undefined && now < known.until) return { answer: await known.answer, isKept: true };
    const mine = { until: toInstant(Date.parse(now) + forMs), answer: read() };
    const forget = (): void => {
      if (kept.get(name) === mine) kept.delete(name);
    };
    kept.delete(name);
    kept.set(name, mine);
    const [first] = kept.keys();
    if (kept.size > most && first !== undefined) kept.delete(first);
    try {
      const answer = await mine.answer;
      if (!isWorthKeeping(answer)) forget();
      return { answer, isKept: false };
    } catch (error) {
      forget();
      throw error;
    }
  };
};
