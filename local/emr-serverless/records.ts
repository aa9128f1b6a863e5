import { join } from 'node:path';
import * as z from 'zod';
import { SESSION_STATES, type ConnectSession, type SessionState } from '../connect/connect-session.ts';
import { openRecordStore, type RecordStore } from '../emulation/record-store.ts';
import {
  createApplication,
  startJobRun,
  startSession,
  type ApplicationRequest,
  type JobRunRequest,
  type SessionRequest,
} from './requests.ts';

export const APPLICATION_STATES = [
  'CREATING',
  'CREATED',
  'STARTING',
  'STARTED',
  'STOPPING',
  'STOPPED',
  'TERMINATED',
] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

export const JOB_RUN_STATES = [
  'SUBMITTED',
  'QUEUED',
  'PENDING',
  'SCHEDULED',
  'RUNNING',
  'SUCCESS',
  'FAILED',
  'CANCELLING',
  'CANCELLED',
] as const;
export type JobRunState = (typeof JOB_RUN_STATES)[number];

/**
 * Failures that the next job run or session can be made to end in (`failNext`). `JOB_FAILURE` waits for a job run,
 * `SESSION_FAILURE` for a session.
 */
export const PLANNED_FAILURES = ['JOB_FAILURE', 'SESSION_FAILURE', 'INTERNAL_ERROR'] as const;
export type PlannedFailure = (typeof PLANNED_FAILURES)[number];

interface Alarm<Kind extends string> {
  readonly kind: Kind;
  readonly at: number;
}
export type ApplicationAlarm = Alarm<'created' | 'started' | 'stopped' | 'idle'>;
/** `ended`: the time of a run that no process stands for is over. `gone`: a cancelled run has released its workers. */
export type JobRunAlarm = Alarm<'scheduled' | 'running' | 'ended' | 'timedOut' | 'queueTimedOut' | 'gone'>;

/** All that is held of an application; plain JSON, times in milliseconds since the epoch. */
export interface ApplicationRecord {
  readonly id: string;
  readonly sequence: number;
  request: ApplicationRequest;
  tags: Record<string, string>;
  state: ApplicationState;
  readonly createdAt: number;
  updatedAt: number;
  alarms: ApplicationAlarm[];
}

/** vCPU, GB of memory and GB of disk, of one worker or of several. */
export interface Resources {
  readonly cpu: number;
  readonly memory: number;
  readonly disk: number;
}

/** Of all workers that a job run or a session may have at once. */
export interface Workers {
  readonly driver: Resources;
  readonly executor: Resources;
  readonly executors: number;
}

/** What is held of job runs and sessions alike. */
interface WorkRecord {
  readonly id: string;
  readonly sequence: number;
  readonly applicationId: string;
  readonly releaseLabel: string;
  tags: Record<string, string>;
  stateDetails: string;
  readonly createdAt: number;
  updatedAt: number;
  startedAt: number | null;
  endedAt: number | null;
  readonly workers: Workers;
  plannedFailure: PlannedFailure | null;
}

/** All that is held of a job run. */
export interface JobRunRecord extends WorkRecord {
  readonly request: JobRunRequest;
  state: JobRunState;
  queuedAt: number | null;
  queuedMilliseconds: number;
  /** Why a cancelled run ends, for its details. */
  cancelledBecause: string | null;
  alarms: JobRunAlarm[];
}

/** All that is held of a session. */
export interface SessionRecord extends WorkRecord, ConnectSession {
  readonly request: SessionRequest;
}

export const isFinal = ({ state }: { readonly state: JobRunState | SessionState }): boolean =>
  state === 'SUCCESS' || state === 'FAILED' || state === 'CANCELLED' || state === 'TERMINATED';

const common = {
  id: z.string(),
  sequence: z.int(),
  tags: z.record(z.string(), z.string()),
  createdAt: z.number(),
  alarms: z.array(z.object({ kind: z.string(), at: z.number() })),
};

export interface Stores {
  readonly applications: RecordStore<ApplicationRecord>;
  readonly jobRuns: RecordStore<JobRunRecord>;
  readonly sessions: RecordStore<SessionRecord>;
}

/** The records in a data directory, which is made when it is not there. */
export const openStores = async (directory: string): Promise<Stores> => ({
  applications: await openRecordStore<ApplicationRecord>({
    folder: join(directory, 'applications'),
    schema: z.looseObject({ ...common, request: createApplication, state: z.enum(APPLICATION_STATES) }),
    lossOf: 'its application unknown to the local EMR Serverless',
  }),
  jobRuns: await openRecordStore<JobRunRecord>({
    folder: join(directory, 'job-runs'),
    schema: z.looseObject({
      ...common,
      applicationId: z.string(),
      request: startJobRun,
      state: z.enum(JOB_RUN_STATES),
    }),
    lossOf: 'its job run unknown to the local EMR Serverless',
  }),
  sessions: await openRecordStore<SessionRecord>({
    folder: join(directory, 'sessions'),
    schema: z.looseObject({
      ...common,
      applicationId: z.string(),
      request: startSession,
      state: z.enum(SESSION_STATES),
    }),
    lossOf: 'its session unknown to the local EMR Serverless',
  }),
});
