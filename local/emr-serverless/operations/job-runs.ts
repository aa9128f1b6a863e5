import { isDeepStrictEqual } from 'node:util';
import { jobRunArn } from '../arns.ts';
import { jobRunDescription, jobRunSummary } from '../descriptions.ts';
import { conflict, validation } from '../errors.ts';
import { isFinal, JOB_RUN_STATES } from '../records.ts';
import { startJobRun as startSchema } from '../requests.ts';
import { resourcesOf, workersOf } from '../workers.ts';
import { checked, knownApplication, knownJobRun, type Operation } from './operation.ts';
import { pageOf, statesIn } from './page.ts';

/** The same client token names the same job run, as long as the request is the same. */
export const startJobRun: Operation = (input, context) => {
  const request = checked(startSchema, input.body);
  const application = knownApplication(input, context);
  const known = context.jobRuns
    .all()
    .find((run) => run.applicationId === application.id && run.request.clientToken === request.clientToken);
  if (known !== undefined && !isDeepStrictEqual(known.request, request)) {
    throw conflict('The client token was used with other parameters.');
  }
  if (known === undefined && (application.state === 'CREATING' || application.state === 'STOPPING')) {
    throw conflict(`Application ${application.id} takes no job runs in state ${application.state}.`);
  }
  const isStarted = application.state === 'STARTED' || application.state === 'STARTING';
  if (known === undefined && !isStarted && application.request.autoStartConfiguration?.enabled === false) {
    throw validation(`Application ${application.id} is not started, and does not start by itself.`);
  }
  const most = application.request.maximumCapacity;
  if (most !== undefined && resourcesOf(workersOf(request)).cpu > Number.parseInt(most.cpu, 10)) {
    throw validation(`The job run asks for more than the maximum capacity of application ${application.id}.`);
  }
  const run = known ?? context.jobRunLife.submit(application, request);
  return { applicationId: application.id, jobRunId: run.id, arn: jobRunArn(context.place, run) };
};

const timeIn = (query: URLSearchParams, name: string, otherwise: number): number => {
  const text = query.get(name);
  const at = text === null ? otherwise : Date.parse(text);
  if (Number.isNaN(at)) throw validation(`${name} is not a time.`);
  return at;
};

export const listJobRuns: Operation = (input, context) => {
  const { id } = knownApplication(input, context);
  const states = statesIn(input.query, JOB_RUN_STATES);
  const after = timeIn(input.query, 'createdAtAfter', 0);
  const before = timeIn(input.query, 'createdAtBefore', Number.POSITIVE_INFINITY);
  const wanted = context.jobRuns
    .all()
    .filter(({ applicationId, createdAt }) => applicationId === id && createdAt > after && createdAt < before)
    .filter(({ state }) => states.length === 0 || states.includes(state));
  const { items, ...next } = pageOf(wanted, input.query);
  return { jobRuns: items.map((run) => jobRunSummary(run, context.place)), ...next };
};

export const getJobRun: Operation = (input, context) => ({
  jobRun: jobRunDescription(knownJobRun(input, context), context.place),
});

export const cancelJobRun: Operation = (input, context) => {
  const run = knownJobRun(input, context);
  if (isFinal(run)) throw validation(`JobRun ${run.id} is in a final state: ${run.state}.`);
  context.jobRunLife.cancel(run);
  return { applicationId: run.applicationId, jobRunId: run.id };
};
