import { InvalidInput, type FieldError } from '../../shared/domain/errors.ts';
import type { ResolvePerson } from '../access/resolve-person.ts';

/** What a document keeps for single people: by their ids, since usernames change. */
interface PeopleByName<Value> {
  readonly byId: Readonly<Record<string, Value>>;
  /** One for each name that nobody has, and for each further name of one person. */
  readonly errors: readonly FieldError[];
}

/** Reads the field `people` of a change, whose names are usernames or addresses. */
export const peopleByName = async <Value>(
  resolve: ResolvePerson,
  given: Readonly<Record<string, Value>>,
): Promise<PeopleByName<Value>> => {
  const errors: FieldError[] = [];
  const byId = new Map<string, Value>();
  for (const [name, value] of Object.entries(given)) {
    const field = `people.${name}`;
    const person = await resolve(name, field).catch((error: unknown) => {
      if (!(error instanceof InvalidInput)) throw error;
      errors.push(...error.errors);
      return null;
    });
    if (person === null) continue;
    if (byId.has(person.id))
      errors.push({ field, message: `This is ${person.username}, who has another entry. Give one.` });
    byId.set(person.id, value);
  }
  return { byId: Object.fromEntries(byId), errors };
};
