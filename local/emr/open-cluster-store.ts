import { join } from 'node:path';
import * as z from 'zod';
import { openRecordStore, type RecordStore } from '../emulation/record-store.ts';
import { CLUSTER_STATES, type ClusterRecord } from './cluster-record.ts';
import { launchRequestSchema } from './launch-request.ts';

const recordSchema = z.looseObject({
  id: z.string().startsWith('j-'),
  sequence: z.int(),
  request: launchRequestSchema,
  tags: z.record(z.string(), z.string()),
  state: z.enum(CLUSTER_STATES),
  reason: z.object({ code: z.string().nullable(), message: z.string().nullable() }),
  createdAt: z.number(),
  instanceSets: z.array(z.looseObject({ id: z.string(), instances: z.array(z.looseObject({ id: z.string() })) })),
  steps: z.array(z.looseObject({ id: z.string(), state: z.string(), createdAt: z.number() })),
  alarms: z.array(z.object({ kind: z.string(), at: z.number(), stepId: z.string().nullable() })),
});

/** The clusters in a data directory, which is made when it is not there. */
export const openClusterStore = (directory: string): Promise<RecordStore<ClusterRecord>> =>
  openRecordStore<ClusterRecord>({
    folder: join(directory, 'clusters'),
    schema: recordSchema,
    lossOf: 'its cluster unknown to the local EMR',
  });
