import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import {
  CreateScheduleCommand,
  CreateScheduleGroupCommand,
  DeleteScheduleCommand,
  DeleteScheduleGroupCommand,
  GetScheduleCommand,
  ListScheduleGroupsCommand,
  ListSchedulesCommand,
  SchedulerClient,
  UpdateScheduleCommand,
  type CreateScheduleCommandInput,
} from '@aws-sdk/client-scheduler';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Activity } from '../../local/activity.ts';
import { AwsError } from '../../local/aws-json.ts';
import { installClock, type VirtualClock } from '../../local/clock.ts';
import { listen, type RunningServer } from '../../local/server.ts';
import { ScheduleStore } from '../../local/scheduler/schedule-store.ts';
import { Scheduler } from '../../local/scheduler/scheduler.ts';
import { schedulerApi } from '../../local/scheduler/scheduler-api.ts';
import { targetDelivery } from '../../local/scheduler/targets.ts';
import { credentials, region } from './client-options.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const functionArn = 'arn:aws:lambda:us-west-2:123456789012:function:upkeep';
const machineArn = 'arn:aws:states:us-west-2:123456789012:stateMachine:flow';
const RoleArn = 'arn:aws:iam::123456789012:role/scheduler';

describe('the local Scheduler', () => {
  let directory: string;
  let activity: Activity;
  let clock: VirtualClock;
  let server: RunningServer;
  let client: SchedulerClient;
  let scheduler: Scheduler;
  const invoke = vi.fn<(arn: string, payload: unknown) => void>();
  const startExecution = vi.fn<(arn: string, name: string | undefined, input: string) => void>();
  const report = vi.fn();

  const start = async (): Promise<void> => {
    const store = new ScheduleStore(path.join(directory, 'schedules.json'), 'arn:aws:scheduler:us-west-2:123456789012');
    scheduler = new Scheduler(store, targetDelivery({ invoke, startExecution }, activity, report));
    scheduler.start();
    server = await listen(http.createServer(schedulerApi(scheduler, store)), 0);
    client = new SchedulerClient({ credentials, region, endpoint: server.url });
  };
  const stop = async (): Promise<void> => {
    scheduler.stop();
    client.destroy();
    await server.close();
  };
  const schedule = (changes: Partial<CreateScheduleCommandInput> = {}): CreateScheduleCommandInput => ({
    Name: 'job-1',
    ScheduleExpression: 'rate(1 hour)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: functionArn, RoleArn, Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
    ...changes,
  });
  const create = (changes: Partial<CreateScheduleCommandInput> = {}) =>
    client.send(new CreateScheduleCommand(schedule(changes)));
  const times = (): number[] => invoke.mock.calls.map(([, payload]) => Date.parse((payload as { at: string }).at));
  const inSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000) * 1000;

  beforeEach(async () => {
    vi.resetAllMocks();
    directory = mkdtempSync(path.join(tmpdir(), 'atmo-scheduler-'));
    activity = new Activity();
    activity.watchHttp(() => false);
    clock = installClock(path.join(directory, 'clock.json'), activity);
    await start();
  });
  afterEach(async () => {
    await stop();
    clock.uninstall();
    activity.close();
    rmSync(directory, { recursive: true });
  });

  it('begins a rate at its start date and repeats it until before its end date', async () => {
    const begin = inSeconds(Date.now()) + 10 * MINUTE;
    await create({ StartDate: new Date(begin), EndDate: new Date(begin + 3 * HOUR) });
    await clock.advance(9 * MINUTE);
    expect(invoke).not.toHaveBeenCalled();
    await clock.advance(24 * HOUR);
    expect(times()).toEqual([begin, begin + HOUR, begin + 2 * HOUR]);
  });

  it('begins a rate without start date at once', async () => {
    const now = inSeconds(Date.now());
    await create();
    await clock.advance(90 * MINUTE);
    expect(times()).toHaveLength(2);
    expect((times()[0] ?? 0) - now).toBeLessThan(MINUTE);
  });

  it('begins a start date of this minute at once and counts from it', async () => {
    const begin = inSeconds(Date.now()) - 1000;
    await create({ StartDate: new Date(begin), ScheduleExpression: 'rate(24 hours)' });
    await clock.advance(25 * HOUR);
    // A second back may be in the minute before, whose occurrence is over.
    expect(times().at(-1)).toBe(begin + 24 * HOUR);
  });

  it('fires cron in its time zone and at() once', async () => {
    await create({ ScheduleExpression: 'cron(30 6 * * ? *)', ScheduleExpressionTimezone: 'Europe/Berlin' });
    const tomorrow = new Date(Date.now() + 24 * HOUR).toISOString().slice(0, 10);
    await create({ Name: 'once', ScheduleExpression: `at(${tomorrow}T12:00:00)`, ActionAfterCompletion: 'DELETE' });
    await clock.advance(72 * HOUR);
    const shown = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Berlin', timeStyle: 'short' });
    const [once, ...daily] = [
      times().filter((time) => time === Date.parse(`${tomorrow}T12:00:00Z`)),
      ...times().filter((time) => time !== Date.parse(`${tomorrow}T12:00:00Z`)),
    ];
    expect(once).toHaveLength(1);
    expect(daily).toHaveLength(3);
    expect(daily.map((time) => shown.format(time))).toEqual(['06:30', '06:30', '06:30']);
    await expect(client.send(new GetScheduleCommand({ Name: 'once' }))).rejects.toThrow(
      'Schedule once does not exist.',
    );
  });

  it('starts executions, by the template and by the universal target, with its context filled in', async () => {
    const begin = inSeconds(Date.now()) + MINUTE;
    const Input = '{"occurrence":"<aws.scheduler.scheduled-time>","schedule":"<aws.scheduler.schedule-arn>"}';
    const { ScheduleArn } = await create({
      StartDate: new Date(begin),
      Target: { Arn: machineArn, RoleArn, Input },
    });
    await create({
      Name: 'universal',
      StartDate: new Date(begin),
      Target: {
        Arn: 'arn:aws:scheduler:::aws-sdk:sfn:startExecution',
        RoleArn,
        Input: JSON.stringify({
          StateMachineArn: machineArn,
          Name: 'run-<aws.scheduler.execution-id>',
          Input: '{"a":1}',
        }),
      },
    });
    await clock.advance(2 * MINUTE);
    const occurrence = new Date(begin).toISOString().replace('.000Z', 'Z');
    expect(startExecution).toHaveBeenCalledWith(
      machineArn,
      undefined,
      JSON.stringify({ occurrence, schedule: ScheduleArn }),
    );
    expect(startExecution).toHaveBeenCalledWith(machineArn, expect.stringMatching(/^run-[0-9a-f-]{36}$/), '{"a":1}');
  });

  it('retries what its target could not take, and gives up what it refused', async () => {
    startExecution.mockImplementationOnce(() => {
      throw new AwsError('InternalFailure', 'Try again', 500);
    });
    await create({ StartDate: new Date(Date.now() + MINUTE), Target: { Arn: machineArn, RoleArn, Input: '{}' } });
    await clock.advance(5 * MINUTE);
    expect(startExecution).toHaveBeenCalledTimes(2);

    startExecution.mockImplementationOnce(() => {
      throw new AwsError('StateMachineDoesNotExist', 'No such machine');
    });
    await clock.advance(HOUR);
    expect(startExecution).toHaveBeenCalledTimes(3);
    expect(report).toHaveBeenLastCalledWith(expect.stringContaining('given up'));
  });

  it('delivers after a restart what was missed, as far as the retry policy wants it', async () => {
    const begin = inSeconds(Date.now()) + MINUTE;
    const Target = { Arn: functionArn, RoleArn, Input: '{"at":"<aws.scheduler.scheduled-time>"}' };
    await create({ StartDate: new Date(begin), Target });
    await create({
      Name: 'short',
      StartDate: new Date(begin + MINUTE),
      Target: { ...Target, RetryPolicy: { MaximumEventAgeInSeconds: 3600 } },
    });
    await clock.advance(5 * MINUTE);
    expect(times()).toEqual([begin, begin + MINUTE]);
    invoke.mockReset();
    await stop();
    await clock.advance(3 * HOUR);
    expect(invoke).not.toHaveBeenCalled();

    await start();
    expect(times()).toEqual([begin + HOUR, begin + 2 * HOUR, begin + 3 * HOUR, begin + 3 * HOUR + MINUTE]);
    invoke.mockReset();
    await clock.advance(HOUR);
    expect(times()).toEqual([begin + 4 * HOUR, begin + 4 * HOUR + MINUTE]);
  });

  it('does not fire while disabled, nor afterwards what fell due meanwhile', async () => {
    await create({ State: 'DISABLED', StartDate: new Date(Date.now() + MINUTE) });
    await clock.advance(5 * HOUR);
    expect(invoke).not.toHaveBeenCalled();
    const begin = inSeconds(Date.now()) + 10 * MINUTE;
    await client.send(new UpdateScheduleCommand(schedule({ StartDate: new Date(begin) })));
    await clock.advance(HOUR);
    expect(times()).toEqual([begin]);
  });

  it('gives back, lists and deletes schedules and groups', async () => {
    await client.send(new CreateScheduleGroupCommand({ Name: 'jobs' }));
    await create({ GroupName: 'jobs', StartDate: new Date(Date.now() + HOUR), Description: 'One' });
    await create({ GroupName: 'jobs', Name: 'job-2', State: 'DISABLED' });
    const got = await client.send(new GetScheduleCommand({ GroupName: 'jobs', Name: 'job-1' }));
    expect(got).toMatchObject({
      Arn: 'arn:aws:scheduler:us-west-2:123456789012:schedule/jobs/job-1',
      ScheduleExpression: 'rate(1 hour)',
      ScheduleExpressionTimezone: 'UTC',
      Description: 'One',
      State: 'ENABLED',
      Target: { Arn: functionArn, RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 } },
    });
    expect(got).not.toHaveProperty('dealtWithUntil');
    const page = await client.send(new ListSchedulesCommand({ GroupName: 'jobs', MaxResults: 1 }));
    expect(page.Schedules?.map(({ Name }) => Name)).toEqual(['job-1']);
    const rest = await client.send(new ListSchedulesCommand({ GroupName: 'jobs', NextToken: page.NextToken }));
    expect(rest.Schedules?.map(({ Name }) => Name)).toEqual(['job-2']);
    const disabled = await client.send(new ListSchedulesCommand({ State: 'DISABLED' }));
    expect(disabled.Schedules?.map(({ Name }) => Name)).toEqual(['job-2']);

    await client.send(new DeleteScheduleCommand({ GroupName: 'jobs', Name: 'job-1' }));
    await expect(client.send(new GetScheduleCommand({ GroupName: 'jobs', Name: 'job-1' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Schedule job-1 does not exist.',
    });
    await client.send(new DeleteScheduleGroupCommand({ Name: 'jobs' }));
    const groups = await client.send(new ListScheduleGroupsCommand({}));
    expect(groups.ScheduleGroups?.map(({ Name }) => Name)).toEqual(['default']);
    await clock.advance(3 * HOUR);
    expect(invoke).not.toHaveBeenCalled();
  });

  it.each<[string, string, Partial<CreateScheduleCommandInput>]>([
    ['ValidationException', 'Invalid Schedule Expression rate(0 hours).', { ScheduleExpression: 'rate(0 hours)' }],
    [
      'ValidationException',
      'Invalid Schedule Expression cron(0 6 * * * *).',
      { ScheduleExpression: 'cron(0 6 * * * *)' },
    ],
    ['ValidationException', 'Invalid Schedule Expression daily.', { ScheduleExpression: 'daily' }],
    [
      'ValidationException',
      'Provided ScheduleExpressionTimezone Mars/Base is not valid.',
      { ScheduleExpressionTimezone: 'Mars/Base' },
    ],
    [
      'ValidationException',
      'Provided ScheduleExpressionTimezone europe/berlin is not valid.',
      { ScheduleExpressionTimezone: 'europe/berlin' },
    ],
    [
      'ValidationException',
      'Invalid Schedule Expression cron(0 6 * * ? 2200).',
      { ScheduleExpression: 'cron(0 6 * * ? 2200)' },
    ],
    [
      'ValidationException',
      'The StartDate you specify cannot be earlier than 5 minutes ago.',
      { StartDate: new Date(0) },
    ],
    ['ValidationException', 'The EndDate you specify cannot be in the past.', { EndDate: new Date(0) }],
    ['ValidationException', 'Input must be valid JSON', { Target: { Arn: functionArn, RoleArn, Input: '{' } }],
    ['ValidationException', "Value at 'Target.RoleArn'", { Target: { Arn: functionArn, RoleArn: 'me' } }],
    ['ValidationException', "Value 'a b' at 'name'", { Name: 'a b' }],
    ['ResourceNotFoundException', 'Schedule group nowhere does not exist.', { GroupName: 'nowhere' }],
  ])('answers %s: %s', async (name, message, changes) => {
    await expect(create(changes)).rejects.toMatchObject({
      name,
      message: expect.stringContaining(message) as unknown,
    });
  });

  it('refuses a second schedule of the name', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({
      name: 'ConflictException',
      message: 'Schedule job-1 already exists.',
    });
    await expect(client.send(new UpdateScheduleCommand(schedule({ Name: 'job-9' })))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
