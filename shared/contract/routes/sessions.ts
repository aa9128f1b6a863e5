import * as z from 'zod';

import { budgetEffect, serverlessWorkers } from '../budget-views.ts';
import { connection } from '../connection.ts';
import { LOWEST } from '../../domain/limits.ts';
import { IDLE_MINUTES } from '../../domain/session.ts';
import { DEFAULT_SIZE } from '../../domain/settings.ts';
import {
  cost,
  identifier,
  objectPermissions,
  pageQuery,
  priceBasis,
  reason,
  releaseVersion,
  requestBody,
  searchedPageOf,
  searchQuery,
  wholeNumber,
  wholeNumberFrom,
} from '../fields.ts';
import { emrReleaseView } from '../emr-release-view.ts';
import { grantsBody, grantsView } from '../grants.ts';
import { route } from '../route.ts';
import { sparkUiLink } from '../spark-ui.ts';
import { phase, sessionStatus } from '../workload-states.ts';

export const sessionView = z.object({
  id: z.string(),
  name: z.string(),
  /** The person's id; `owner` is a display name. */
  ownerId: z.string(),
  owner: z.string(),
  /** The most executors. */
  size: z.number(),
  lifetime: z.number(),
  lifetimeExtensionCount: z.number(),
  idleMinutes: z.number(),
  emrRelease: z.string(),
  /** Which a client must have; `pythonVersion` too where it sends functions in Python. */
  sparkVersion: z.string(),
  pythonVersion: z.string(),
  applicationId: z.string().nullable(),
  /** EMR Serverless's own id. */
  sessionId: z.string().nullable(),
  phase,
  /** EMR Serverless's state. */
  status: sessionStatus,
  statusReason: reason,
  isActive: z.boolean(),
  isReady: z.boolean(),
  isFailed: z.boolean(),
  /** Who or what requested the termination, and why; null if none was requested. */
  termination: z.object({ by: z.string(), reason: z.string(), at: z.string() }).nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
  startedAt: z.string().nullable(),
  readyAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  cost,
  permissions: objectPermissions,
  modifiedAt: z.string(),
});

export type SessionView = z.output<typeof sessionView>;

const size = wholeNumberFrom('the number of executors', LOWEST.size);
const lifetime = wholeNumberFrom('the lifetime in hours', LOWEST.lifetime);

export const startSessionBody = requestBody({
  name: identifier,
  size: size.default(DEFAULT_SIZE),
  /** Absent: what the settings preset for clusters. */
  lifetime: lifetime.optional(),
  /** Minutes without work after which EMR Serverless ends the session. */
  idleMinutes: wholeNumber('the idle minutes', IDLE_MINUTES.min, IDLE_MINUTES.max).default(IDLE_MINUTES.default),
  emrRelease: releaseVersion,
});

export const extendSessionBody = requestBody({
  /** Absent: as much as the settings preset, within the 24 hours of a session. */
  hours: wholeNumberFrom('the extension in hours', LOWEST.lifetime).optional(),
});

export const SESSION_STATUSES = ['active', 'ended', 'all'] as const;

export const SESSION_SORT_FIELDS = [
  'name',
  'owner',
  'size',
  'status',
  'emrRelease',
  'createdAt',
  'expiresAt',
  'finishedAt',
] as const;
export type SessionSortField = (typeof SESSION_SORT_FIELDS)[number];

export const sessionListQuery = pageQuery.extend({
  status: z.enum(SESSION_STATUSES, { error: 'Give status as active, ended or all.' }).default('active'),
  /** Left out: mine and shared with me. */
  owner: z.enum(['mine', 'shared', 'all'], { error: 'Give owner as mine, shared or all.' }).optional(),
  ...searchQuery(SESSION_SORT_FIELDS),
});

const common = { feature: 'sessions', access: 'signed-in' } as const;

export const sessionRoutes = {
  listSessions: route({
    ...common,
    method: 'GET',
    path: '/api/sessions',
    summary: 'Spark sessions, newest first: mine and those shared with me, unless owner says otherwise',
    query: sessionListQuery,
    response: searchedPageOf(sessionView),
    status: 200,
  }),
  getSessionDefaults: route({
    ...common,
    method: 'GET',
    path: '/api/sessions/defaults',
    summary: 'Presets and limits of the form; 409 not-offered where the stage has no EMR Serverless',
    response: z.object({
      name: z.string(),
      size: z.number(),
      maxSize: z.number().nullable(),
      lifetime: z.number(),
      minLifetime: z.number(),
      maxLifetime: z.number(),
      idleMinutes: z.number(),
      minIdleMinutes: z.number(),
      maxIdleMinutes: z.number(),
      emrRelease: z.string().nullable(),
      /** Active ones that have sessions, newest first. */
      releases: z.array(emrReleaseView),
    }),
    status: 200,
  }),
  startSession: route({
    ...common,
    method: 'POST',
    path: '/api/sessions',
    summary: 'Start a Spark session',
    body: startSessionBody,
    response: sessionView,
    status: 201,
  }),
  getSession: route({
    ...common,
    method: 'GET',
    path: '/api/sessions/{id}',
    summary: 'One session',
    response: sessionView,
    status: 200,
  }),
  connectSession: route({
    ...common,
    method: 'POST',
    path: '/api/sessions/{id}/connection',
    summary: 'Make an address and a token for the owner’s client; 409 until the session is ready',
    response: connection,
    isSecret: true,
    status: 200,
  }),
  openSessionSparkUi: route({
    ...common,
    method: 'POST',
    path: '/api/sessions/{id}/spark-ui',
    summary: 'An address that opens the Spark UI, made now',
    response: sparkUiLink,
    isSecret: true,
    status: 200,
  }),
  extendSession: route({
    ...common,
    method: 'POST',
    path: '/api/sessions/{id}/extend',
    summary: 'Extend the lifetime',
    body: extendSessionBody,
    response: sessionView,
    status: 200,
  }),
  terminateSession: route({
    ...common,
    method: 'POST',
    path: '/api/sessions/{id}/terminate',
    summary: 'Terminate immediately',
    response: sessionView,
    status: 202,
  }),
  getSessionGrants: route({
    ...common,
    method: 'GET',
    path: '/api/sessions/{id}/grants',
    summary: 'With whom the session is shared',
    response: grantsView,
    status: 200,
  }),
  putSessionGrants: route({
    ...common,
    method: 'PUT',
    path: '/api/sessions/{id}/grants',
    summary: 'Share the session with these people and groups, for viewing only, and with no others',
    body: grantsBody,
    response: grantsView,
    status: 200,
  }),
  estimateSession: route({
    ...common,
    method: 'POST',
    path: '/api/estimates/session',
    summary: 'Cost of a session: the most that it can be',
    body: requestBody({ size, lifetime }),
    response: z.object({
      hourly: z.number(),
      total: z.number(),
      workers: serverlessWorkers,
      budget: budgetEffect,
      ...priceBasis,
    }),
    status: 200,
  }),
};
