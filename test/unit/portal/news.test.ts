import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { getNews, hasUnreadNews, seeNews } from '../../../functions/portal/news.ts';
import { NEWS } from '../../../functions/portal/news-file.ts';
import { newsIn } from '../../../shared/domain/news.ts';
import { ALICE, at, BOB } from '../../fakes/cluster.ts';
import { fakePersonRepository } from '../../fakes/fake-person-repository.ts';
import { testClock } from '../../fakes/test-clock.ts';

const [third, second, first] = newsIn(
  [
    '# News',
    '',
    'About',
    '## 2026-11-26: Third',
    '',
    'Text **bold**',
    'more',
    '## 2026-11-26: Second',
    '## 2026-11-23: First',
    'x',
  ].join('\r\n'),
);

const world = async (...news: readonly (typeof third)[]) => {
  const items = news.filter((item) => item !== undefined);
  const people = fakePersonRepository();
  for (const person of [ALICE, BOB]) await people.seen(person, at('06:00:00'));
  const get = getNews({ news: items, people });
  return {
    people,
    unread: hasUnreadNews({ news: items, people }),
    see: seeNews({ news: items, people, clock: testClock(at('07:00:00')) }),
    unreadIds: async (person = ALICE) =>
      (await get({}, person)).items.filter(({ isUnread }) => isUnread).map(({ title }) => title),
  };
};

describe('the news', () => {
  it('are read from their file, each with its day, title and text', () => {
    expect([third, second, first]).toEqual([
      { id: '2026-11-26: Third', date: '2026-11-26', title: 'Third', content: 'Text **bold**\nmore' },
      { id: '2026-11-26: Second', date: '2026-11-26', title: 'Second', content: '' },
      { id: '2026-11-23: First', date: '2026-11-23', title: 'First', content: 'x' },
    ]);
    const headings = readFileSync('NEWS.md', 'utf8').match(/^## .+$/gm) ?? [];
    expect(NEWS.map(({ id }) => `## ${id}`)).toEqual(headings);
  });

  it('are unread until a person has seen them, each person for themselves', async () => {
    const before = await world(second, first);
    expect(await before.unreadIds()).toEqual(['Second', 'First']);
    await before.see({}, ALICE);
    expect(await before.unreadIds()).toEqual([]);
    expect(await before.unread(ALICE)).toBe(false);
    expect(await before.unread(BOB)).toBe(true);
    // A sign-in later, and another piece of news.
    await before.people.seen(ALICE, at('08:00:00'));
    const after = { ...(await world(third, second, first)), people: before.people };
    const unread = hasUnreadNews({
      news: [third, second, first].filter((item) => item !== undefined),
      people: before.people,
    });
    expect(await unread(ALICE)).toBe(true);
    expect(await after.unreadIds()).toEqual(['Third', 'Second', 'First']);
  });

  it('can be seen by somebody whose sign-in is not on record', async () => {
    const { see, unread } = await world(first);
    const stranger = { ...ALICE, id: 'sub-new' };
    await see({}, stranger);
    expect(await unread(stranger)).toBe(false);
  });

  it('have nothing unread where there are none', async () => {
    const { see, unread } = await world();
    expect(await unread(ALICE)).toBe(false);
    await see({}, ALICE);
  });
});
