import { fitsAlone } from '../capacity.ts';
import { jobRunArn } from '../arns.ts';
import { jobRunDescription, jobRunSummary } from '../descriptions.ts';
import { validation } from '../errors.ts';
import { isFinal, JOB_RUN_STATES } from '../records.ts';
import { startJobRun as startSchema } from '../requests.ts';
import { settingsOfJobRun, workersOf } from '../workers.ts';
import { madeBefore } from './client-token.ts';
import { checked, checkTakesWork, knownApplication, knownJobRun, type Operation } from './operation.ts';
import { pageOf, wantedOf } from './page.ts';

/** The same client token names the same job run, as long as the request is the same. */
export const startJobRun: Operation = (input, context) => {
  const request = checked(startSchema, input.body);
  const application = knownApplication(input, context);
  const ofApplication = context.jobRuns.all().filter(({ applicationId }) => applicationId === application.id);
  const known = madeBefore(ofApplication, request);
  if (known === null) checkTakesWork(application, 'job runs');
  if (!fitsAlone(application, workersOf(settingsOfJobRun(request)))) {
    throw validation(`The job run asks for more than the maximum capacity of application ${application.id}.`);
  }
  const run = known ?? context.jobRunLife.submit(application, request);
  return { applicationId: application.id, jobRunId: run.id, arn: jobRunArn(context.place, run) };
};

export const listJobRuns: Operation = (input, context) => {
  const { id } = knownApplication(input, context);
  const wanted = wantedOf(context.jobRuns.all(), id, input.query, JOB_RUN_STATES);
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
