import type { Instant } from '../../shared/domain/instant.ts';
import type { Person, PersonRecord } from '../../shared/domain/person.ts';

/** Everyone who has signed in. */
export interface PersonRepository {
  /** Records a sign-in: the first one, or another with the name, address and groups of now. */
  seen(person: Person, now: Instant): Promise<PersonRecord>;
  /** @throws NotFound */
  get(id: string): Promise<PersonRecord>;
}
