import * as z from 'zod';
import { notFound } from '../errors.ts';
import { tags } from '../requests.ts';
import { checked, type CallInput, type Operation, type OperationContext } from './operation.ts';

const ARN = /\/applications\/([0-9a-z]+)(?:\/jobruns\/([0-9a-z]+))?$/;

/** What an ARN names, and how to keep a change of its tags. @throws AwsError `ResourceNotFoundException` */
const tagged = ({ path }: CallInput, { applications, jobRuns }: OperationContext) => {
  const arn = path['resourceArn'] ?? '';
  const [, applicationId = '', jobRunId] = ARN.exec(arn) ?? [];
  const application = applications.find(applicationId);
  const run = jobRunId === undefined ? null : jobRuns.find(jobRunId);
  if (run !== null) return { record: run, save: () => jobRuns.save(run) };
  if (application !== null && jobRunId === undefined) {
    return { record: application, save: () => applications.save(application) };
  }
  throw notFound(`Resource ${arn} does not exist.`);
};

export const listTagsForResource: Operation = (input, context) => ({ tags: tagged(input, context).record.tags });

export const tagResource: Operation = (input, context) => {
  const given = checked(z.object({ tags }), input.body);
  const { record, save } = tagged(input, context);
  record.tags = { ...record.tags, ...given.tags };
  save();
  return {};
};

export const untagResource: Operation = (input, context) => {
  const { record, save } = tagged(input, context);
  const gone = input.query.getAll('tagKeys');
  record.tags = Object.fromEntries(Object.entries(record.tags).filter(([key]) => !gone.includes(key)));
  save();
  return {};
};
