import * as z from 'zod';

import { BUDGET_LEVELS } from '../../domain/budget.ts';
import { DEPARTURE_REASONS } from '../../domain/departure.ts';
import { MAX_ADDRESS_LENGTH } from '../../domain/person.ts';
import { pageQuery, searchedPageOf, searchQuery } from '../fields.ts';
import { route } from '../route.ts';

export const personView = z.object({ id: z.string(), username: z.string(), email: z.string() });

export type PersonView = z.output<typeof personView>;

const quota = z.object({
  used: z.number(),
  /** Null: no limit. */
  limit: z.number().nullable(),
});

/** A person as admins see them. */
export const personForAdmins = personView.extend({
  groups: z.array(z.string()),
  firstSeenAt: z.string(),
  lastSeenAt: z.string(),
  /** Whether they have left: disabled or deleted at the identity provider, or not seen for long. */
  isDisabled: z.boolean(),
  departure: z.object({ reason: z.enum(DEPARTURE_REASONS), at: z.string() }).nullable(),
  /** When they last signed in, or were found to have left. */
  modifiedAt: z.string(),
  /** Of this month (UTC), what runs as of the last five minutes. */
  spend: z.object({ month: z.string(), total: z.number(), currency: z.string() }),
  /** The limit of this month in US dollars, and what counts towards it: what runs, up to its end. Null: no limit of their own. */
  budget: z.object({ limit: z.number(), used: z.number(), level: z.enum(BUDGET_LEVELS) }).nullable(),
  /** Active ones, and what one person may have of each. */
  quotas: z.object({ clusters: quota, workers: quota, sessions: quota, sparkJobs: quota, sshKeys: quota }),
});

export type PersonForAdmins = z.output<typeof personForAdmins>;

const PERSON_SORT_FIELDS = ['username', 'email', 'firstSeenAt', 'lastSeenAt'] as const;
export type PersonSortField = (typeof PERSON_SORT_FIELDS)[number];

const GROUP = 'Name a group, or leave group out.';

const searchText = z
  .string()
  .max(MAX_ADDRESS_LENGTH, { error: `Shorten query to at most ${MAX_ADDRESS_LENGTH} characters.` });

export const peopleRoutes = {
  findPeople: route({
    feature: 'people',
    access: 'signed-in',
    method: 'GET',
    path: '/api/people',
    summary: 'The first 25 people whose username or address begins with the text, and all groups, to share with',
    query: z.strictObject({ query: searchText.default('') }),
    response: z.object({ items: z.array(personView), groups: z.array(z.string()) }),
    status: 200,
  }),
  listPeople: route({
    feature: 'people',
    access: 'admin',
    method: 'GET',
    path: '/api/admin/people',
    summary: 'People who have signed in, by username, with their groups and what they use of their quotas',
    query: pageQuery.extend({
      ...searchQuery(PERSON_SORT_FIELDS),
      group: z.string().min(1, { error: GROUP }).max(128, { error: GROUP }).optional(),
      status: z.enum(['present', 'left', 'all'], { error: 'Give status as present, left or all.' }).default('all'),
    }),
    response: searchedPageOf(personForAdmins),
    status: 200,
  }),
};
