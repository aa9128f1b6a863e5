import { applicationArn } from '../arns.ts';
import { applicationDescription, applicationSummary } from '../descriptions.ts';
import { validation } from '../errors.ts';
import { APPLICATION_STATES } from '../records.ts';
import { createApplication as createSchema, updateApplication as updateSchema } from '../requests.ts';
import { releaseProblem } from '../release-problem.ts';
import { madeBefore } from './client-token.ts';
import { checked, knownApplication, type Operation } from './operation.ts';
import { pageOf, statesIn } from './page.ts';

/** The same client token names the same application, as long as the request is the same. */
export const createApplication: Operation = ({ body }, { applications, applicationLife, place }) => {
  const request = checked(createSchema, body);
  const problem = releaseProblem(request.releaseLabel);
  if (problem !== null) throw validation(problem);
  const application = madeBefore(applications.all(), request) ?? applicationLife.create(request);
  return {
    applicationId: application.id,
    arn: applicationArn(place, application.id),
    ...(request.name !== undefined && { name: request.name }),
  };
};

export const listApplications: Operation = ({ query }, { applications, place }) => {
  const states = statesIn(query, APPLICATION_STATES);
  const wanted = applications.all().filter(({ state }) => states.length === 0 || states.includes(state));
  const { items, ...next } = pageOf(wanted, query);
  return { applications: items.map((application) => applicationSummary(application, place)), ...next };
};

export const getApplication: Operation = (input, context) => ({
  application: applicationDescription(knownApplication(input, context), context.place),
});

export const updateApplication: Operation = (input, context) => {
  const { clientToken: _, ...changes } = checked(updateSchema, input.body);
  const application = knownApplication(input, context);
  const problem = changes.releaseLabel === undefined ? null : releaseProblem(changes.releaseLabel);
  if (problem !== null) throw validation(problem);
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  context.applicationLife.update(application, given);
  return { application: applicationDescription(application, context.place) };
};

export const deleteApplication: Operation = (input, context) => {
  context.applicationLife.remove(knownApplication(input, context));
  return {};
};

export const startApplication: Operation = (input, context) => {
  context.applicationLife.start(knownApplication(input, context), Date.now());
  return {};
};

export const stopApplication: Operation = (input, context) => {
  context.applicationLife.stop(knownApplication(input, context));
  return {};
};
