import * as z from 'zod';

import { PHASES, statesOf } from '../domain/engine.ts';

/** EMR's states of a cluster, and ours before it has one. */
export const clusterStatus = z.enum(['LAUNCHING', ...statesOf('cluster')]);
export const phase = z.enum(PHASES);
/** EMR Serverless's states of a session, and ours before it has one. */
export const sessionStatus = z.enum(['LAUNCHING', ...statesOf('connect')]);
