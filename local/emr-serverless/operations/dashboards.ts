import { validation } from '../errors.ts';
import { knownJobRun, type Operation } from './operation.ts';

/** No address before the driver has started, as with AWS. */
export const getDashboardForJobRun: Operation = (input, context) => {
  const { id, releaseLabel, startedAt } = knownJobRun(input, context);
  if (startedAt === null) return {};
  const presigned = context.presignSparkUi({ id, releaseLabel });
  if ('reason' in presigned) throw validation(presigned.reason);
  return presigned;
};
