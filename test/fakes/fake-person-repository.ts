import type { PersonRepository } from '../../functions/ports/person-repository.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import { firstSeen, seenAgain, type PersonRecord } from '../../shared/domain/person.ts';

export const fakePersonRepository = (...present: readonly PersonRecord[]): PersonRepository => {
  const people = new Map(present.map((person) => [person.id, person]));
  return {
    async get(id) {
      const person = people.get(id);
      if (person === undefined) throw new NotFound('person', id);
      return person;
    },
    async seen(person, now) {
      const known = people.get(person.id);
      const record =
        known === undefined ? firstSeen(person, now) : { ...seenAgain(known, person, now), version: known.version + 1 };
      people.set(person.id, record);
      return record;
    },
  };
};
