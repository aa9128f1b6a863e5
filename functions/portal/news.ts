import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import { unreadNews, type NewsItem } from '../../shared/domain/news.ts';
import type { Person, PersonRecord } from '../../shared/domain/person.ts';
import type { PersonRepository } from '../ports/person-repository.ts';
import type { Clock } from '../runtime/clock.ts';

interface NewsDependencies {
  readonly news: readonly NewsItem[];
  readonly people: Pick<PersonRepository, 'find'>;
}

/** Newest first, each with whether this person has seen it. */
export const getNews =
  ({ news, people }: NewsDependencies) =>
  async (_input: unknown, { id }: Person): Promise<RouteOutput<Routes['getNews']>> => {
    const unread = unreadNews(news, (await people.find(id))?.newsSeen);
    return { items: news.map((item) => ({ ...item, isUnread: unread.includes(item) })) };
  };

export const hasUnreadNews =
  ({ news, people }: NewsDependencies) =>
  async ({ id }: Pick<Person, 'id'>): Promise<boolean> =>
    unreadNews(news, (await people.find(id))?.newsSeen).length > 0;

interface SeeNewsDependencies {
  readonly news: readonly NewsItem[];
  readonly people: Pick<PersonRepository, 'change' | 'seen'>;
  readonly clock: Clock;
}

/** All news of now count as read. */
export const seeNews =
  ({ news, people, clock }: SeeNewsDependencies) =>
  async (_input: unknown, person: Person): Promise<undefined> => {
    const [newest] = news;
    if (newest === undefined) return undefined;
    const read = (record: PersonRecord): PersonRecord =>
      record.newsSeen === newest.id ? record : { ...record, newsSeen: newest.id };
    await people.change(person.id, read).catch(async (error: unknown) => {
      if (!(error instanceof NotFound)) throw error;
      // Their sign-in was in another deployment of the table.
      await people.seen(
        { id: person.id, username: person.username, email: person.email, groups: person.groups },
        clock.now(),
      );
      await people.change(person.id, read);
    });
    return undefined;
  };
