import type { PersonRepository } from '../../functions/ports/person-repository.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import { plusHours } from '../../shared/domain/instant.ts';
import { firstSeen, isNamedLike, seenAgain, type PersonRecord } from '../../shared/domain/person.ts';
import { paged } from './paged.ts';

const bytes = ({ username, id }: PersonRecord): Buffer => Buffer.from(`${username}#${id}`);

export const fakePersonRepository = (...present: readonly PersonRecord[]): PersonRepository => {
  const people = new Map(present.map((person) => [person.id, person]));
  const groups = new Map(present.flatMap((person) => person.groups.map((name) => [name, person.firstSeenAt])));
  const sorted = () => [...people.values()].toSorted((a, b) => Buffer.compare(bytes(a), bytes(b)));
  return {
    async get(id) {
      const person = people.get(id);
      if (person === undefined) throw new NotFound('person', id);
      return person;
    },
    find: async (id) => people.get(id) ?? null,
    async change(id, change) {
      const person = people.get(id);
      if (person === undefined) throw new NotFound('person', id);
      const changed = change(person);
      const next = changed === person ? person : { ...changed, version: person.version + 1 };
      people.set(id, next);
      return next;
    },
    all: async () => sorted(),
    withUnsentMail: async () => sorted().filter(({ outbox }) => outbox.length > 0),
    withUsername: async (username) => sorted().filter((person) => person.username === username.trim().toLowerCase()),
    withAddress: async (email) =>
      sorted().filter((person) => person.email.toLowerCase() === email.trim().toLowerCase()),
    search: async (text, limit) =>
      sorted()
        .filter((person) => isNamedLike(person, text))
        .slice(0, limit),
    list: async (page) => paged('people', sorted(), page),
    isGroup: async (name) => groups.has(name),
    groups: async (limit) => [...groups.keys()].toSorted().slice(0, limit),
    async keepGroups(names, now) {
      for (const [name, since] of groups) if (!names.has(name) && since < plusHours(now, -24)) groups.delete(name);
      for (const name of names) if (!groups.has(name)) groups.set(name, now);
    },
    async seen(person, now) {
      const known = people.get(person.id);
      const record =
        known === undefined ? firstSeen(person, now) : { ...seenAgain(known, person, now), version: known.version + 1 };
      people.set(person.id, record);
      for (const group of person.groups) if (!groups.has(group)) groups.set(group, now);
      return record;
    },
  };
};
