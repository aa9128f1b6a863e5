import type * as z from 'zod';
import type { PresignSparkUi } from '../../emulation/presigned-spark-ui.ts';
import type { ApplicationLife } from '../application-life.ts';
import type { Place } from '../arns.ts';
import { conflict, notFound, validation } from '../errors.ts';
import type { JobRunLife } from '../job-run-life.ts';
import type { ApplicationRecord, JobRunRecord, SessionRecord, Stores } from '../records.ts';
import type { ServerlessSessionLife } from '../session-life.ts';

/** What operations work on. */
export interface OperationContext extends Stores {
  readonly place: Place;
  readonly applicationLife: ApplicationLife;
  readonly jobRunLife: JobRunLife;
  readonly sessionLife: ServerlessSessionLife;
  readonly presignSparkUi: PresignSparkUi;
}

/** A call's path parameters, its query and its body. */
export interface CallInput {
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Answers one call. @throws AwsError */
export type Operation = (
  input: CallInput,
  context: OperationContext,
) => Record<string, unknown> | Promise<Record<string, unknown>>;

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

/** Whether an application takes more work in its state. @throws AwsError `ConflictException`, `ValidationException` */
export const checkTakesWork = ({ id, state, request }: ApplicationRecord, what: 'job runs' | 'sessions'): void => {
  if (state === 'CREATING' || state === 'STOPPING') {
    throw conflict(`Application ${id} takes no ${what} in state ${state}.`);
  }
  const isStarted = state === 'STARTED' || state === 'STARTING';
  if (!isStarted && request.autoStartConfiguration?.enabled === false) {
    throw validation(`Application ${id} is not started, and does not start by itself.`);
  }
};

/** @throws AwsError `ResourceNotFoundException` */
export const knownJobRun = (input: CallInput, context: OperationContext): JobRunRecord => {
  const { id: applicationId } = knownApplication(input, context);
  const id = input.path['jobRunId'] ?? '';
  const run = context.jobRuns.find(id);
  if (run === null || run.applicationId !== applicationId) throw notFound(`JobRun ${id} does not exist.`);
  return run;
};

/** @throws AwsError `ResourceNotFoundException` */
export const knownSession = (input: CallInput, context: OperationContext): SessionRecord => {
  const { id: applicationId } = knownApplication(input, context);
  const id = input.path['sessionId'] ?? '';
  const session = context.sessions.find(id);
  if (session === null || session.applicationId !== applicationId) throw notFound(`Session ${id} does not exist.`);
  return session;
};
