import { createHash } from 'node:crypto';

import { GROUPS } from '../../shared/domain/person.ts';

/** Somebody who may sign in here, as a user of the deployment's pool. */
export interface DemoPerson {
  readonly email: string;
  readonly groups: readonly string[];
  readonly description: string;
}

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  { email: 'alice@example.com', groups: [], description: 'A data scientist' },
  { email: 'bob@example.com', groups: [], description: 'Another data scientist' },
  {
    email: 'maintainer@example.com',
    groups: [GROUPS.clusterMaintainers, GROUPS.jobMaintainers],
    description: 'Launches clusters of any size and sees every Spark job',
  },
  { email: 'admin@example.com', groups: [GROUPS.admins], description: 'Sees and does everything' },
];

export const personByEmail = (email: string): DemoPerson | undefined =>
  DEMO_PEOPLE.find((person) => person.email === email.trim().toLowerCase());

export const personBySubject = (subject: string): DemoPerson | undefined =>
  DEMO_PEOPLE.find((person) => subjectOf(person) === subject);

/** A pool's users have a UUID for a name; the same one after every restart. */
export const subjectOf = ({ email }: DemoPerson): string =>
  createHash('sha256')
    .update(email)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');

/** Claims of a Cognito ID token. */
export const claimsOf = (person: DemoPerson): Record<string, unknown> & { sub: string } => ({
  sub: subjectOf(person),
  token_use: 'id',
  'cognito:username': subjectOf(person),
  // Cognito leaves the claim out for people without groups.
  ...(person.groups.length > 0 && { 'cognito:groups': person.groups }),
  email: person.email,
  email_verified: true,
});
