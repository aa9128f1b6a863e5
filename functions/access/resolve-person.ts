import { InvalidInput } from '../../shared/domain/errors.ts';
import { hasLeft } from '../../shared/domain/leavers.ts';
import { MAX_ADDRESS_LENGTH, type PersonRecord } from '../../shared/domain/person.ts';
import type { PersonRepository } from '../ports/person-repository.ts';

type People = Pick<PersonRepository, 'find' | 'withUsername' | 'withAddress'>;

/** @param name a username, an address or an id */
export type ResolvePerson = (name: string, field: string) => Promise<PersonRecord>;

const unknown = (field: string, name: string): InvalidInput =>
  InvalidInput.field(
    field,
    `Nobody called '${name.slice(0, MAX_ADDRESS_LENGTH)}' has signed in. Give the username or address of a person who has.`,
  );

const left = (field: string, { username, email }: PersonRecord): InvalidInput =>
  InvalidInput.field(field, `${username} (${email}) has left. Name a person who still signs in.`);

const ambiguous = (field: string, name: string, found: readonly PersonRecord[]): InvalidInput =>
  InvalidInput.field(
    field,
    `Several people are called '${name}'. Give the address instead, exactly as it is written: ${found.map(({ email }) => email).join(', ')}.`,
  );

/**
 * The person whom a request names, and who has not left. Usernames and addresses are compared in lower case; an address that several people have but
 * for the case, exactly.
 * @throws InvalidInput naming the field, if nobody or more than one person has the name, or they have left
 */
export const resolvePerson =
  ({ people }: { readonly people: People }): ResolvePerson =>
  async (text, field) => {
    const name = text.trim();
    if (name === '' || name.length > MAX_ADDRESS_LENGTH) throw unknown(field, name);
    const named = new Map(
      [...(await people.withUsername(name)), ...(await people.withAddress(name))].map((record) => [record.id, record]),
    );
    const all = [...named.values()];
    const present = all.filter((record) => !hasLeft(record));
    // Who was made anew at the provider has their old name.
    const found = present.length > 0 ? present : all;
    const exact = found.filter(({ email }) => email === name);
    if (found.length > 1 && exact.length !== 1) throw ambiguous(field, name, found);
    const resolved = (exact.length === 1 ? exact[0] : found[0]) ?? (await people.find(name));
    if (resolved === null) throw unknown(field, name);
    if (hasLeft(resolved)) throw left(field, resolved);
    return resolved;
  };
