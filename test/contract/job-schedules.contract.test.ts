import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import {
  CreateScheduleGroupCommand,
  GetScheduleCommand,
  SchedulerClient,
  type GetScheduleCommandOutput,
} from '@aws-sdk/client-scheduler';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { schedulerJobSchedules } from '../../functions/adapters/scheduler-job-schedules.ts';
import type { JobSchedules } from '../../functions/ports/job-schedules.ts';
import { Activity } from '../../local/activity.ts';
import { listen } from '../../local/server.ts';
import { ScheduleStore } from '../../local/scheduler/schedule-store.ts';
import { Scheduler } from '../../local/scheduler/scheduler.ts';
import { schedulerApi } from '../../local/scheduler/scheduler-api.ts';
import { targetDelivery } from '../../local/scheduler/targets.ts';
import { fakeJobSchedules } from '../fakes/fake-job-services.ts';
import { sparkJob } from '../fakes/spark-job.ts';
import { testClock } from '../fakes/test-clock.ts';
import { inOwnAccount, motoUrl } from '../moto/moto.ts';

const NOW = '2099-11-23T06:00:00.000Z';
const NEXT = '2099-11-24T06:00:00.000Z';
const LATER = '2099-11-25T06:00:00.000Z';

const settings = {
  scheduleGroup: 'atmo-test-jobs',
  stateMachineArn: 'arn:aws:states:us-west-2:123456789012:stateMachine:atmo-test-run-job',
  scheduleRoleArn: 'arn:aws:iam::123456789012:role/schedules',
  scheduleDeadLetterArn: 'arn:aws:sqs:us-west-2:123456789012:dead-letters',
};

const clientAt = (endpoint: string): SchedulerClient =>
  new SchedulerClient({ region: 'us-west-2', credentials: { accessKeyId: 'test', secretAccessKey: 'test' }, endpoint });

const startLocal = async (): Promise<{ client: SchedulerClient; stop: () => Promise<void> }> => {
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-scheduler-'));
  const store = new ScheduleStore(path.join(directory, 'schedules.json'), 'arn:aws:scheduler:us-west-2:123456789012');
  store.createGroup(settings.scheduleGroup);
  const nothing = () => {};
  const scheduler = new Scheduler(
    store,
    targetDelivery({ invoke: nothing, startExecution: nothing }, new Activity(), nothing),
  );
  const server = await listen(http.createServer(schedulerApi(scheduler, store)), 0);
  const client = clientAt(server.url);
  return {
    client,
    stop: async () => {
      scheduler.stop();
      client.destroy();
      await server.close();
      rmSync(directory, { recursive: true });
    },
  };
};

const startMoto = async (url: string): ReturnType<typeof startLocal> => {
  const client = inOwnAccount(clientAt(url));
  await client.send(new CreateScheduleGroupCommand({ Name: settings.scheduleGroup }));
  return { client, stop: async () => client.destroy() };
};

let client: SchedulerClient;
let stop: () => Promise<void>;
beforeAll(async () => {
  const moto = motoUrl();
  ({ client, stop } = moto === null ? await startLocal() : await startMoto(moto));
});
afterAll(() => stop());

interface World {
  readonly schedules: JobSchedules;
  /** The next occurrence that the schedule of the job delivers; null where there is no schedule. */
  readonly next: (jobId: string) => Promise<string | null>;
}

const found = async (Name: string): Promise<GetScheduleCommandOutput | null> => {
  try {
    return await client.send(new GetScheduleCommand({ Name, GroupName: settings.scheduleGroup }));
  } catch {
    return null;
  }
};

const inMemory = (): World => {
  const { schedules, put } = fakeJobSchedules();
  return { schedules, next: async (jobId) => put.get(jobId) ?? null };
};
const inScheduler = (): World => ({
  schedules: schedulerJobSchedules(settings, { client, clock: testClock(NOW) }),
  next: async (jobId) => (await found(jobId))?.StartDate?.toISOString() ?? null,
});

describe.each([
  ['the fake', inMemory],
  ['EventBridge Scheduler', inScheduler],
])('JobSchedules as %s', (_name, create) => {
  let world: World;
  beforeEach(() => {
    world = create();
  });

  it('creates a schedule, then changes it, and takes the same twice', async () => {
    for (const next of [NEXT, LATER, LATER]) {
      await world.schedules.put(sparkJob(), next);
      expect(await world.next('job-1')).toBe(next);
    }
  });

  it('removes a schedule, also where there is none', async () => {
    await world.schedules.put(sparkJob(), NEXT);
    await world.schedules.remove(sparkJob());
    await world.schedules.remove(sparkJob());
    expect(await world.next('job-1')).toBeNull();
  });

  it('lists which jobs have a schedule, page after page', async () => {
    const ids = Array.from({ length: 105 }, (_, n) => `listed-${n}`);
    for (const id of ids) await world.schedules.put(sparkJob({ id }), NEXT);
    const listed = await world.schedules.scheduledJobs();
    expect(ids.filter((id) => !listed.has(id))).toEqual([]);
    for (const id of ids) await world.schedules.remove({ id });
    expect([...(await world.schedules.scheduledJobs())].filter((id) => id.startsWith('listed-'))).toEqual([]);
  });
});

describe('a schedule in EventBridge', () => {
  const put = async (changes: Parameters<typeof sparkJob>[0]) => {
    const job = sparkJob({ id: 'job-2', ...changes });
    await inScheduler().schedules.put(job, NEXT);
    return found('job-2');
  };

  it('counts an interval from the next occurrence and starts the workflow with the scheduled time', async () => {
    const schedule = await put({ schedule: { type: 'interval', hours: 168 } });
    expect(schedule).toMatchObject({
      ScheduleExpression: 'rate(168 hours)',
      StartDate: new Date(NEXT),
      FlexibleTimeWindow: { Mode: 'OFF' },
      State: 'ENABLED',
      Target: {
        Arn: settings.stateMachineArn,
        RoleArn: settings.scheduleRoleArn,
        DeadLetterConfig: { Arn: settings.scheduleDeadLetterArn },
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
      },
    });
    expect(schedule?.EndDate).toBeUndefined();
    expect(JSON.parse(schedule?.Target?.Input ?? '')).toEqual({
      jobId: 'job-2',
      identifier: 'daily-report',
      trigger: 'schedule',
      occurrence: '<aws.scheduler.scheduled-time>',
      parameters: null,
    });
  });

  it('hands on a cron expression with its zone, and a start only where it is to come', async () => {
    const schedule = { type: 'cron', expression: ' 0 6 * *  ? * ', timeZone: 'Europe/Berlin' } as const;
    expect(await put({ schedule })).toMatchObject({
      ScheduleExpression: 'cron(0 6 * * ? *)',
      ScheduleExpressionTimezone: 'Europe/Berlin',
    });
    expect((await put({ schedule }))?.StartDate).toBeUndefined();
    expect((await put({ schedule, startDate: LATER }))?.StartDate).toEqual(new Date(LATER));
  });

  it('ends with the job, the last occurrence included', async () => {
    expect((await put({ endDate: LATER }))?.EndDate).toEqual(new Date('2099-11-25T06:00:01.000Z'));
  });

  it('stays for a disabled job, whose occurrences are recorded', async () => {
    expect(await put({ isEnabled: false })).toMatchObject({ State: 'ENABLED' });
  });

  it('says so where AWS fails', async () => {
    const unknownGroup = schedulerJobSchedules({ ...settings, scheduleGroup: 'none' }, { client });
    await expect(unknownGroup.put(sparkJob(), NEXT)).rejects.toMatchObject({ name: 'AwsFailed' });
  });
});
