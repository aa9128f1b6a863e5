import { randomUUID } from 'node:crypto';
import type http from 'node:http';

import { AwsError, awsErrorOf, parseInput } from '../aws-json.ts';
import { readBody } from '../read-body.ts';
import { checkName, type Schedule } from './schedule.ts';
import type { Scheduler } from './scheduler.ts';
import type { ScheduleGroup, ScheduleStore } from './schedule-store.ts';

interface Request {
  readonly name: string;
  readonly query: URLSearchParams;
  readonly input: Readonly<Record<string, unknown>>;
}

type Operations = Readonly<Record<string, (request: Request) => object>>;

const DEFAULT_GROUP = 'default';

/** EventBridge Scheduler over its own wire protocol: REST with JSON. */
export const schedulerApi = (scheduler: Scheduler, store: ScheduleStore): http.RequestListener => {
  const operations = operationsOf(scheduler, store);
  return (request, response) => void serve(operations, request, response);
};

const operationsOf = (scheduler: Scheduler, store: ScheduleStore): Operations => ({
  'POST /schedules/{Name}': ({ name, input }) => ({
    ScheduleArn: scheduler.create(groupOf(input['GroupName']), checkName('name', name), input).Arn,
  }),
  'PUT /schedules/{Name}': ({ name, input }) => ({
    ScheduleArn: scheduler.update(groupOf(input['GroupName']), name, input).Arn,
  }),
  'GET /schedules/{Name}': ({ name, query }) => shown(store.get(groupOf(query.get('groupName')), name)),
  'DELETE /schedules/{Name}': ({ name, query }) => {
    scheduler.delete(groupOf(query.get('groupName')), name);
    return {};
  },
  'GET /schedules': ({ query }) => {
    const [group, state] = [query.get('ScheduleGroup'), query.get('State')];
    const matching = store
      .schedules()
      .filter(({ GroupName, State }) => (group ?? GroupName) === GroupName && (state ?? State) === State);
    const { items, NextToken } = pageOf(matching, query);
    return { Schedules: items.map(summaryOf), NextToken };
  },
  'POST /schedule-groups/{Name}': ({ name }) => ({ ScheduleGroupArn: store.createGroup(checkName('name', name)).Arn }),
  'GET /schedule-groups/{Name}': ({ name }) => store.group(name),
  'DELETE /schedule-groups/{Name}': ({ name }) => {
    scheduler.deleteGroup(name);
    return {};
  },
  'GET /schedule-groups': ({ query }) => {
    const { items, NextToken } = pageOf<ScheduleGroup>(store.groups(), query);
    return { ScheduleGroups: items, NextToken };
  },
});

const serve = async (
  operations: Operations,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> => {
  const headers = { 'Content-Type': 'application/json', 'x-amzn-RequestId': randomUUID() };
  try {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://scheduler');
    const [, collection = '', name] = pathname.split('/').map(decodeURIComponent);
    const key = `${request.method} /${collection}${name === undefined ? '' : '/{Name}'}`;
    const run = Object.hasOwn(operations, key) ? operations[key] : undefined;
    if (run === undefined) throw new AwsError('UnknownOperationException', `${key} is not served locally.`, 404);
    const output = run({ name: name ?? '', query: searchParams, input: parseInput(await readBody(request)) });
    response.writeHead(200, headers);
    response.end(JSON.stringify(output));
  } catch (error) {
    const { name, message, status } = awsErrorOf(error);
    response.writeHead(status, { ...headers, 'x-amzn-ErrorType': name });
    response.end(JSON.stringify({ Message: message }));
  }
};

const groupOf = (name: unknown): string => (typeof name === 'string' && name !== '' ? name : DEFAULT_GROUP);

/** Without this stack's own bookkeeping. */
const shown = (schedule: Schedule): object =>
  Object.fromEntries(Object.entries(schedule).filter(([field]) => field !== 'dealtWithUntil'));

const summaryOf = ({ Arn, Name, GroupName, State, CreationDate, LastModificationDate, Target }: Schedule): object => ({
  Arn,
  Name,
  GroupName,
  State,
  CreationDate,
  LastModificationDate,
  Target: { Arn: Target.Arn },
});

const pageOf = <Item extends { readonly Name: string }>(
  all: readonly Item[],
  query: URLSearchParams,
): { items: readonly Item[]; NextToken?: string } => {
  const matching = all.filter(({ Name }) => Name.startsWith(query.get('NamePrefix') ?? ''));
  const from = Number(query.get('NextToken') ?? 0);
  const to = from + Number(query.get('MaxResults') ?? 100);
  return { items: matching.slice(from, to), ...(to < matching.length && { NextToken: String(to) }) };
};
