import type * as z from 'zod';
import type { ApplicationLife } from '../application-life.ts';
import type { Place } from '../arns.ts';
import { notFound, validation } from '../errors.ts';
import type { JobRunLife } from '../job-run-life.ts';
import type { ApplicationRecord, JobRunRecord, Stores } from '../records.ts';

/** What operations work on. */
export interface OperationContext extends Stores {
  readonly place: Place;
  readonly applicationLife: ApplicationLife;
  readonly jobRunLife: JobRunLife;
}

/** A call's path parameters, its query and its body. */
export interface CallInput {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Answers one call. @throws AwsError */
export type Operation = (input: CallInput, context: OperationContext) => Record<string, unknown>;

/** @throws AwsError `ValidationException` naming each wrong member */
export const checked = <Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'request'}: ${message}`);
  throw validation(`${problems.length} validation error(s) detected: ${problems.join('; ')}`);
};

/** An application that has not been deleted. @throws AwsError `ResourceNotFoundException` */
export const knownApplication = ({ path }: CallInput, { applications }: OperationContext): ApplicationRecord => {
  const id = path['applicationId'] ?? '';
  const application = applications.find(id);
  if (application === null || application.state === 'TERMINATED') throw notFound(`Application ${id} does not exist.`);
  return application;
};

/** @throws AwsError `ResourceNotFoundException` */
export const knownJobRun = (input: CallInput, context: OperationContext): JobRunRecord => {
  const { id: applicationId } = knownApplication(input, context);
  const id = input.path['jobRunId'] ?? '';
  const run = context.jobRuns.find(id);
  if (run === null || run.applicationId !== applicationId) throw notFound(`JobRun ${id} does not exist.`);
  return run;
};
