import type { Departure, DepartureReason } from './departure.ts';
import { DomainError } from './errors.ts';
import { plusHours, type Instant } from './instant.ts';
import { withMail, type OutboxMail } from './mail.ts';
import { isAdmin, type PersonRecord } from './person.ts';

/** A user as the identity provider lists them. */
export interface ProviderUser {
  readonly id: string;
  readonly isEnabled: boolean;
}

/** The provider lists so few of the people who are known that the list is not to be trusted. */
export class ImplausibleUserList extends DomainError {
  override readonly name = 'ImplausibleUserList';
}

interface Leaver {
  readonly person: PersonRecord;
  readonly reason: DepartureReason;
}

interface Facts {
  readonly now: Instant;
  /** Days without a sign-in after which a person counts as gone; null: none do. */
  readonly inactiveDays: number | null;
}

export const hasLeft = ({ departure }: Pick<PersonRecord, 'departure'>): boolean => departure !== null;

/**
 * An empty user pool, another pool, or a list that was cut off must not end everybody's work: at most half of the people may
 * be gone from it at a time. Who is disabled is listed, and does not count.
 * @throws ImplausibleUserList
 */
const requirePlausible = (present: readonly PersonRecord[], listed: ReadonlyMap<string, ProviderUser>): void => {
  const absent = present.filter(({ id }) => !listed.has(id)).length;
  if (absent * 2 <= present.length) return;
  throw new ImplausibleUserList(
    `The user pool lists ${present.length - absent} of the ${present.length} people who use the portal. Nobody is treated as a leaver. ` +
      'Check that the portal has the right user pool, and that it is whole.',
    { listed: listed.size, absent, present: present.length },
  );
};

/**
 * Those who have left since the last look.
 * @throws ImplausibleUserList
 */
export const leaversAmong = (
  people: readonly PersonRecord[],
  users: readonly ProviderUser[],
  { now, inactiveDays }: Facts,
): readonly Leaver[] => {
  const listed = new Map(users.map((user) => [user.id, user]));
  const present = people.filter((person) => !hasLeft(person));
  requirePlausible(present, listed);
  const reasonOf = ({ id, lastSeenAt }: PersonRecord): DepartureReason | null => {
    const user = listed.get(id);
    if (user === undefined) return 'deleted';
    if (!user.isEnabled) return 'disabled';
    return inactiveDays !== null && lastSeenAt < plusHours(now, -24 * inactiveDays) ? 'inactive' : null;
  };
  return present.flatMap((person) => {
    const reason = reasonOf(person);
    return reason === null ? [] : [{ person, reason }];
  });
};

/** The record of somebody who left. One who signed in since they were read stays. */
export const departed = (
  current: PersonRecord,
  read: PersonRecord,
  departure: Omit<Departure, 'settledAt'>,
): PersonRecord =>
  hasLeft(current) || current.lastSeenAt !== read.lastSeenAt
    ? current
    : { ...current, departure: { ...departure, settledAt: null } };

/** Hours for which jobs of a leaver are paused again: an ID token from before outlives their departure by minutes. */
const WATCHED_HOURS = 2;

export const isWatched = ({ departure }: PersonRecord, now: Instant): boolean =>
  departure !== null && (departure.settledAt === null || plusHours(departure.at, WATCHED_HOURS) > now);

/** Mails of one leaver, each with its own lists: the item must stay small. */
const MAX_ADMINS = 20;
const MAX_NAMES = 20;

const mailTo = (to: string, { id, username, email }: PersonRecord, departure: Departure, now: Instant): OutboxMail => ({
  id: `person-left-${id}-${departure.at}-${to}`,
  kind: 'person-left',
  to,
  since: now,
  values: {
    username,
    email,
    reason: departure.reason,
    clusters: departure.clusters.slice(0, MAX_NAMES),
    clusterCount: departure.clusters.length,
    sessions: (departure.sessions ?? []).slice(0, MAX_NAMES),
    jobs: departure.jobs.slice(0, MAX_NAMES),
    jobCount: departure.jobs.length,
  },
});

/** Those who are told about leavers. */
export const adminsAmong = (people: readonly PersonRecord[]): readonly PersonRecord[] =>
  people.filter((person) => isAdmin(person) && !hasLeft(person));

/** With a mail to each admin about what was ended and paused; without one where there was nothing. */
export const settledDeparture = (person: PersonRecord, admins: readonly PersonRecord[], now: Instant): PersonRecord => {
  const { departure } = person;
  if (departure === null || departure.settledAt !== null) return person;
  const isWorthTelling = departure.clusters.length + (departure.sessions ?? []).length + departure.jobs.length > 0;
  const told = isWorthTelling ? admins.slice(0, MAX_ADMINS) : [];
  return {
    ...person,
    departure: { ...departure, settledAt: now },
    outbox: told.reduce((mails, { email }) => withMail(mails, mailTo(email, person, departure, now)), person.outbox),
  };
};
