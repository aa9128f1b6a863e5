import { createHash } from 'node:crypto';

import * as z from 'zod';

import { GROUPS } from '../../shared/domain/person.ts';
import { Refused } from '../refused.ts';
import { openStateFile } from '../state-file.ts';

/** Somebody whom the provider knows, as a user of the deployment's pool. */
const LocalPerson = z.object({
  email: z.string(),
  groups: z.array(z.string()),
  description: z.string(),
  /** May not sign in, nor have a session refreshed. */
  isDisabled: z.boolean(),
});
export type LocalPerson = Readonly<z.infer<typeof LocalPerson>>;

const DEMO_PEOPLE: readonly Omit<LocalPerson, 'isDisabled'>[] = [
  { email: 'alice@example.com', groups: [], description: 'A data scientist' },
  { email: 'bob@example.com', groups: [], description: 'Another data scientist' },
  {
    email: 'maintainer@example.com',
    groups: [GROUPS.clusterMaintainers, GROUPS.jobMaintainers],
    description: 'Launches clusters of any size and sees every Spark job',
  },
  { email: 'admin@example.com', groups: [GROUPS.admins], description: 'Sees and does everything' },
];

/** What `POST /local/people` may say of a person. */
const PersonOrder = z.strictObject({
  // As long as an address may be. Anything that could be one, quotes and spaces in them included.
  email: z
    .string()
    .trim()
    .max(254)
    .regex(/^\P{Cc}+@[^\s@]+$/u, 'must be an email address.')
    .transform((email) => email.toLowerCase()),
  // As Cognito has it for the name of a group.
  groups: z
    .array(z.string().regex(/^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u, 'must be the name of a group.'))
    .default([]),
  isDisabled: z.boolean().default(false),
});

/** The people of the local provider: the demo people and added ones. */
export interface People {
  all(): readonly LocalPerson[];
  /** @returns undefined for an unknown or disabled person */
  byEmail(email: string): LocalPerson | undefined;
  /** @returns undefined for an unknown or disabled person */
  bySubject(subject: string): LocalPerson | undefined;
  /** Makes a person or changes one. @throws Refused naming each wrong field */
  put(order: unknown): LocalPerson;
}

/** @param file keeps those who were added or changed */
export const openPeople = (file: string): People => {
  const state = openStateFile(file, z.array(LocalPerson), []);
  const people = new Map<string, LocalPerson>(
    DEMO_PEOPLE.map((person) => [person.email, { ...person, isDisabled: false }]),
  );
  const changed = new Map(state.value.map((person) => [person.email, person]));
  for (const [email, person] of changed) people.set(email, person);
  const enabled = (person: LocalPerson | undefined): LocalPerson | undefined =>
    person?.isDisabled === true ? undefined : person;
  return {
    all: () => [...people.values()],
    byEmail: (email) => enabled(people.get(email.trim().toLowerCase())),
    bySubject: (subject) => enabled([...people.values()].find((person) => subjectOf(person) === subject)),
    put(order) {
      const { data, error } = PersonOrder.safeParse(order);
      if (error) {
        throw new Refused(
          400,
          z.prettifyError(error),
          error.issues.map(({ path, message }) => ({ field: path.join('.') || 'body', message })),
        );
      }
      const person = { description: people.get(data.email)?.description ?? 'Added by local control', ...data };
      people.set(person.email, person);
      changed.set(person.email, person);
      state.write([...changed.values()]);
      return person;
    },
  };
};

/** A pool's users have a UUID for a name; the same one after every restart. */
export const subjectOf = ({ email }: Pick<LocalPerson, 'email'>): string =>
  createHash('sha256')
    .update(email)
    .digest('hex')
    .replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5');

/** Claims of a Cognito ID token. */
export const claimsOf = (person: LocalPerson): Record<string, unknown> & { sub: string } => ({
  sub: subjectOf(person),
  token_use: 'id',
  'cognito:username': subjectOf(person),
  // Cognito leaves the claim out for people without groups.
  ...(person.groups.length > 0 && { 'cognito:groups': person.groups }),
  email: person.email,
  email_verified: true,
});
