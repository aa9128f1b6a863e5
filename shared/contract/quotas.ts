import * as z from 'zod';

import { DEFAULT_QUOTAS, QUOTA_LIMITS } from '../domain/quota.ts';
import { documentBody, documentVersion } from './documents.ts';
import { requestBody, wholeNumber } from './fields.ts';

const fields = {
  clusters: wholeNumber('the active clusters', 0, QUOTA_LIMITS.clusters),
  workers: wholeNumber('the workers over all active clusters', 0, QUOTA_LIMITS.workers).nullable(),
  sessions: wholeNumber('the active sessions', 0, QUOTA_LIMITS.sessions),
  sparkJobs: wholeNumber('the Spark jobs', 0, QUOTA_LIMITS.sparkJobs),
  sshKeys: wholeNumber('the SSH keys', 0, QUOTA_LIMITS.sshKeys),
  clusterHours: wholeNumber('the hours of one cluster, extensions included,', 1, QUOTA_LIMITS.clusterHours),
  occurrenceMinutes: wholeNumber('the fewest minutes between occurrences', 1, QUOTA_LIMITS.occurrenceMinutes),
};

/** What is left out is the default. */
const everyone = requestBody(
  {
    clusters: fields.clusters.default(DEFAULT_QUOTAS.clusters),
    workers: fields.workers.default(DEFAULT_QUOTAS.workers),
    sessions: fields.sessions.default(DEFAULT_QUOTAS.sessions),
    sparkJobs: fields.sparkJobs.default(DEFAULT_QUOTAS.sparkJobs),
    sshKeys: fields.sshKeys.default(DEFAULT_QUOTAS.sshKeys),
    clusterHours: fields.clusterHours.default(DEFAULT_QUOTAS.clusterHours),
    occurrenceMinutes: fields.occurrenceMinutes.default(DEFAULT_QUOTAS.occurrenceMinutes),
  },
  'Give the quotas as the answer had them.',
);

/** What is left out is as for everyone. */
const someOf = requestBody(
  {
    clusters: fields.clusters.exactOptional(),
    workers: fields.workers.exactOptional(),
    sessions: fields.sessions.exactOptional(),
    sparkJobs: fields.sparkJobs.exactOptional(),
    sshKeys: fields.sshKeys.exactOptional(),
    clusterHours: fields.clusterHours.exactOptional(),
    occurrenceMinutes: fields.occurrenceMinutes.exactOptional(),
  },
  'Give the quotas that differ, for example {"clusters": 9}.',
);

const MAX_PEOPLE = 500;

/** By username or address. */
const people = z
  .record(z.string(), someOf, { error: 'Give usernames, each with the quotas that differ.' })
  .refine((given) => Object.keys(given).length <= MAX_PEOPLE, { error: `Give at most ${MAX_PEOPLE} people.` });

export const quotasBody = documentBody({ everyone, people });

const view = {
  clusters: z.number(),
  workers: z.number().nullable(),
  sessions: z.number(),
  sparkJobs: z.number(),
  sshKeys: z.number(),
  clusterHours: z.number(),
  occurrenceMinutes: z.number(),
};

export const quotasView = z.object({
  everyone: z.object(view),
  people: z.record(z.string(), z.object(view).partial()),
  ...documentVersion,
});
