import { join } from 'node:path';
import * as z from 'zod';
import { SESSION_STATES, type ConnectSession } from '../connect/connect-session.ts';
import { openRecordStore, type RecordStore } from '../emulation/record-store.ts';
import { tagSchema } from './launch-request.ts';

/** StartSession's input. Members that this EMR has no use for are kept and given back by GetSession, as EMR does. */
export const startSessionSchema = z.looseObject({
  ClusterId: z.string(),
  Name: z.string().min(1).max(256),
  ExecutionRoleArn: z.string().min(20).max(2048).optional(),
  SessionIdleTimeoutInMinutes: z.int().min(1).max(1440).default(60),
  ClientRequestToken: z.string().min(1).max(64).optional(),
  Tags: z.array(tagSchema).max(50).default([]),
});

export type StartSessionRequest = z.infer<typeof startSessionSchema>;

/** All that is held of a session on a cluster. */
export interface SessionRecord extends ConnectSession {
  readonly clusterId: string;
  readonly releaseLabel: string;
  readonly request: StartSessionRequest;
}

/** The sessions in a data directory, which is made when it is not there. */
export const openSessionStore = (directory: string): Promise<RecordStore<SessionRecord>> =>
  openRecordStore<SessionRecord>({
    folder: join(directory, 'sessions'),
    schema: z.looseObject({
      id: z.string().startsWith('is-'),
      sequence: z.int(),
      clusterId: z.string(),
      request: startSessionSchema,
      state: z.enum(SESSION_STATES),
      createdAt: z.number(),
      alarms: z.array(z.object({ kind: z.string(), at: z.number() })),
    }),
    lossOf: 'its session unknown to the local EMR',
  });
