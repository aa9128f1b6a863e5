import {
  GetScheduleCommand,
  paginateListSchedules,
  SchedulerClient,
  type GetScheduleCommandOutput,
  type ScheduleSummary,
} from '@aws-sdk/client-scheduler';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  SFNClient,
  type ExecutionListItem,
} from '@aws-sdk/client-sfn';
import type { RunView } from '../../../shared/contract/run.ts';
import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { expectThat, type Checks } from '../checks.ts';
import { checkDeadLetters } from './check-delivery.ts';
import { patiently } from './patiently.ts';
import type { PortalSession } from './portal-session.ts';

interface SparkJobCheck {
  readonly session: PortalSession;
  readonly environment: string;
  readonly name: string;
}

/** The timeout of the job. */
const MOST_SECONDS = 3600;

/** Far enough ahead to be in the future when the API has it. */
const START_IN_MS = 10_000;
/** Scheduler is exact to a minute. */
const FIRES_WITHIN_SECONDS = 240;

const wholeSecond = (time: number): string => new Date(Math.ceil(time / 1000) * 1000).toISOString();

const notebook = JSON.stringify({
  cells: [{ cell_type: 'code', execution_count: null, id: 'one', metadata: {}, outputs: [], source: ['1 + 1'] }],
  metadata: { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' } },
  nbformat: 4,
  nbformat_minor: 5,
});

const upload = async (session: PortalSession): Promise<string> => {
  const { uploadId, url, fields } = await session.must<{
    uploadId: string;
    url: string;
    fields: Record<string, string>;
  }>(201, 'POST', '/api/notebook-uploads', { fileName: 'smoke.ipynb', size: notebook.length });
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', new Blob([notebook]), 'smoke.ipynb');
  const response = await fetch(url, { method: 'POST', body: form });
  expectThat(response.ok, `S3 answered ${response.status}: ${(await response.text()).slice(0, 300)}`);
  return uploadId;
};

const settings = (emrRelease: string) => ({
  description: 'Made by the smoke test',
  // The checks follow the run's own cluster.
  engine: 'cluster',
  size: 1,
  timeout: 1,
  schedule: { type: 'interval', hours: 720 },
  emrRelease,
});

/** A job's schedule, which is among the newest: names are ids that only the portal knows. */
const scheduleOf = async (environment: string, job: string): Promise<GetScheduleCommandOutput> => {
  const client = new SchedulerClient({});
  const GroupName = `atmo-${environment}-jobs`;
  const schedules: ScheduleSummary[] = [];
  for await (const { Schedules = [] } of paginateListSchedules({ client }, { GroupName })) schedules.push(...Schedules);
  const age = ({ CreationDate }: ScheduleSummary) => -(CreationDate?.getTime() ?? 0);
  const newest = schedules.toSorted((one, other) => age(one) - age(other)).slice(0, 5);
  const details = await Promise.all(newest.map(({ Name }) => client.send(new GetScheduleCommand({ GroupName, Name }))));
  const found = details.find(({ Target }) => Target?.Input?.includes(`"${job}"`));
  expectThat(found !== undefined, `none of ${schedules.length} schedules is the job’s`);
  return found;
};

const executionOf = async (
  stateMachineArn: string | undefined,
  since: Date,
): Promise<ExecutionListItem | undefined> => {
  const { executions = [] } = await new SFNClient({}).send(new ListExecutionsCommand({ stateMachineArn }));
  return executions.find(({ startDate }) => (startDate?.getTime() ?? 0) >= since.getTime() - 2000);
};

/** A Spark job from its upload to the outcome of a run. */
export const checkSparkJob = async (checks: Checks, { session, environment, name }: SparkJobCheck): Promise<void> => {
  const path = `/api/spark-jobs/${name}`;
  const { emrRelease } = await session.must<{ emrRelease: string }>(200, 'GET', '/api/spark-jobs/defaults');
  await checks.check('A notebook is uploaded by presigned POST, and a job made of it', async () => {
    const notebookUploadId = await upload(session);
    // Disabled at first: an enabled one would begin its first run at once.
    const wish = { ...settings(emrRelease), identifier: name, notebookUploadId, isEnabled: false };
    await session.must<SparkJobView>(201, 'POST', '/api/spark-jobs', wish);
  });
  try {
    const { Target: target } = await checks.check(
      'Its schedule names the state machine and a dead-letter queue',
      async () => {
        const schedule = await scheduleOf(environment, name);
        const { Arn = '', DeadLetterConfig } = schedule.Target ?? {};
        expectThat(Arn.endsWith(`:stateMachine:atmo-${environment}-run-job`), `its target is ${Arn}`);
        expectThat(DeadLetterConfig?.Arn !== undefined, 'it has no dead-letter queue');
        return schedule;
      },
      ({ ScheduleExpression = '' }) => ScheduleExpression,
    );
    const begun = new Date();
    const run = await checks.check('It is run now', async () => {
      await session.must(200, 'PUT', path, { ...settings(emrRelease), isEnabled: true });
      return session.must<RunView>(202, 'POST', `${path}/run`, {});
    });
    await checks.check(
      'The workflow launches the run’s own cluster',
      () =>
        patiently('a jobflow id', 120, async () => {
          const now = await session.must<RunView>(200, 'GET', `${path}/runs/${run.id}`);
          return now.jobflowId === null ? null : { ...now, jobflowId: now.jobflowId };
        }),
      ({ jobflowId }) => jobflowId,
    );
    await checks.check(
      'The execution is seen to its end, and the outcome recorded',
      async () => {
        const ended = await patiently('an outcome', MOST_SECONDS, async () => {
          const now = await session.must<RunView>(200, 'GET', `${path}/runs/${run.id}`);
          return now.outcome !== null && now;
        });
        const execution = await patiently('the end of the execution', 60, async () => {
          const found = await executionOf(target?.Arn, begun);
          return found?.status !== 'RUNNING' && found;
        });
        const { status, error, cause } = await new SFNClient({}).send(
          new DescribeExecutionCommand({ executionArn: execution.executionArn }),
        );
        expectThat(status === 'SUCCEEDED', `the execution ${status}: ${error} ${cause}`);
        return ended;
      },
      ({ outcome, reason }) => `${outcome} (${reason?.code})`,
    );
    await checks.check(
      'Its schedule really fires: a start that comes by itself',
      async () => {
        const startDate = wholeSecond(Date.now() + START_IN_MS);
        await session.must(200, 'PUT', path, { ...settings(emrRelease), isEnabled: true, startDate });
        const fired = await patiently('a run by schedule', FIRES_WITHIN_SECONDS, async () => {
          const { items } = await session.must<{ items: RunView[] }>(200, 'GET', `${path}/runs`);
          return items.find(({ trigger, jobflowId }) => trigger === 'schedule' && jobflowId !== null);
        });
        // It has shown what it should; where it is over already, that is a conflict.
        const { status } = await session.call('POST', `${path}/runs/${fired.id}/terminate`);
        expectThat(status === 202 || status === 409, `to terminate it was answered ${status}`);
        expectThat(fired.occurrence === startDate, `it stands for ${fired.occurrence} instead of ${startDate}`);
        return fired;
      },
      ({ occurrence, jobflowId }) => `${occurrence}, ${jobflowId}`,
    );
    if (target !== undefined) await checkDeadLetters(checks, { environment, name, target });
  } finally {
    await checks.check('The job is deleted, with its schedule', async () => {
      await session.must(204, 'DELETE', path);
      await session.must(404, 'GET', path);
    });
  }
};
