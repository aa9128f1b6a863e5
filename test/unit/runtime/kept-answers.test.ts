import { describe, expect, it, vi } from 'vitest';

import { keptAnswers } from '../../../functions/runtime/kept-answers.ts';
import { AwsThrottled } from '../../../shared/domain/errors.ts';
import { at } from '../../fakes/cluster.ts';
import { testClock } from '../../fakes/test-clock.ts';

const begin = (most = 10) => {
  const clock = testClock(at('06:00:00'));
  return { clock, answers: keptAnswers<number>({ clock, forMs: 20_000, most }) };
};

describe('kept answers', () => {
  it('are read once by requests of the same moment, and again when their time is over', async () => {
    const { clock, answers } = begin();
    const read = vi.fn(async () => 7);
    const all = await Promise.all([answers('a', read), answers('a', read)]);
    expect(all).toEqual([
      { answer: 7, isKept: false },
      { answer: 7, isKept: true },
    ]);
    clock.set(at('06:00:19'));
    await answers('a', read);
    expect(read).toHaveBeenCalledTimes(1);
    clock.set(at('06:00:20'));
    await answers('a', read);
    expect(read).toHaveBeenCalledTimes(2);
  });

  it('are not kept when they fail, nor beyond as many as fit', async () => {
    const { answers } = begin(1);
    await expect(answers('a', () => Promise.reject(new AwsThrottled('EMR', {})))).rejects.toThrow('EMR');
    expect(await answers('a', async () => 1)).toEqual({ answer: 1, isKept: false });
    await answers('b', async () => 2);
    expect(await answers('a', async () => 3)).toEqual({ answer: 3, isKept: false });
  });
});
