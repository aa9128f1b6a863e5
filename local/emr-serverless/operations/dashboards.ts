import * as z from 'zod';

import { validation } from '../errors.ts';
import type { JobRunRecord, SessionRecord } from '../records.ts';
import { checked, knownJobRun, knownSession, type Operation, type OperationContext } from './operation.ts';

/** No address before the driver has started, as with AWS. */
const dashboardOf = (
  { id, releaseLabel, startedAt }: Pick<JobRunRecord | SessionRecord, 'id' | 'releaseLabel' | 'startedAt'>,
  { presignSparkUi }: OperationContext,
): Record<string, unknown> => {
  if (startedAt === null) return {};
  const presigned = presignSparkUi({ id, releaseLabel });
  if ('reason' in presigned) throw validation(presigned.reason);
  return { ...presigned };
};

export const getDashboardForJobRun: Operation = (input, context) => dashboardOf(knownJobRun(input, context), context);

const resourceQuery = z.object({ resourceId: z.string().min(1), resourceType: z.literal('SESSION') });

export const getResourceDashboard: Operation = (input, context) => {
  const { resourceId: sessionId } = checked(resourceQuery, Object.fromEntries(input.query));
  return dashboardOf(knownSession({ ...input, path: { ...input.path, sessionId } }, context), context);
};
