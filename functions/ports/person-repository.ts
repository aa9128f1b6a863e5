import type { Instant } from '../../shared/domain/instant.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';
import type { Person, PersonRecord } from '../../shared/domain/person.ts';

/** Everyone who has signed in, and the groups that they had when they last did. */
export interface PersonRepository {
  /** Records a sign-in: the first one, or another with the name, address and groups of now. */
  seen(person: Person, now: Instant): Promise<PersonRecord>;
  /** @throws NotFound */
  get(id: string): Promise<PersonRecord>;
  find(id: string): Promise<PersonRecord | null>;
  /** As `ClusterRepository.change`. @throws NotFound, StaleWrite, and errors of the change */
  change(id: string, change: (person: PersonRecord) => PersonRecord): Promise<PersonRecord>;
  /** In lower case. Several where addresses differ by case only, or the company's domain has changed. */
  withUsername(username: string): Promise<readonly PersonRecord[]>;
  /** In lower case. */
  withAddress(email: string): Promise<readonly PersonRecord[]>;
  /** Those whose username or address begins with the text, by username; an empty text matches everyone. */
  search(text: string, limit: number): Promise<readonly PersonRecord[]>;
  /** Everyone, by username. @throws InvalidInput (field `cursor`) */
  list(page: PageRequest): Promise<Page<PersonRecord>>;
  /** Everyone, at once: for tasks that go over all of them. */
  all(): Promise<readonly PersonRecord[]>;
  /** Items with a mail in their outbox. */
  withUnsentMail(): Promise<readonly PersonRecord[]>;
  /** Whether somebody who signed in has the group. */
  isGroup(name: string): Promise<boolean>;
  /** By name, at most `limit`. */
  groups(limit: number): Promise<readonly string[]>;
  /** Knows these groups from now on, and forgets others that were first seen more than a day ago. */
  keepGroups(names: ReadonlySet<string>, now: Instant): Promise<void>;
}
