import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CreateScheduleCommand, DeleteScheduleCommand, SchedulerClient, type Target } from '@aws-sdk/client-scheduler';
import { expectThat, type Checks } from '../checks.ts';
import { patiently } from './patiently.ts';

const run = promisify(execFile);

/** Scheduler is exact to a minute; then it tries, and gives up at once. */
const MOST_SECONDS = 300;

interface Message {
  readonly Body: string;
  readonly ReceiptHandle: string;
}

/** AWS CLI, since nothing else here needs a client for queues. */
const sqs = async (...args: readonly string[]): Promise<string> =>
  (await run('aws', ['sqs', ...args, '--output', 'json'])).stdout;

const messagesIn = async (queueUrl: string): Promise<readonly Message[]> => {
  const answer = await sqs('receive-message', '--queue-url', queueUrl, '--max-number-of-messages', '10');
  return answer.trim() === '' ? [] : ((JSON.parse(answer) as { Messages?: Message[] }).Messages ?? []);
};

/**
 * That what Scheduler cannot deliver ends in the dead-letter queue of jobs: a schedule of our own beside those of jobs, with their role and
 * queue, whose state machine does not exist.
 */
export const checkDeadLetters = (
  checks: Checks,
  { environment, name, target }: { readonly environment: string; readonly name: string; readonly target: Target },
) =>
  checks.check('A schedule that cannot be delivered ends in the dead-letter queue', async () => {
    const scheduler = new SchedulerClient({});
    const GroupName = `atmo-${environment}-jobs`;
    const queueName = target.DeadLetterConfig?.Arn?.split(':').at(-1) ?? '';
    const { QueueUrl } = JSON.parse(await sqs('get-queue-url', '--queue-name', queueName)) as { QueueUrl: string };
    const at = new Date(Date.now() + 5000).toISOString().slice(0, 19);
    await scheduler.send(
      new CreateScheduleCommand({
        GroupName,
        Name: name,
        ScheduleExpression: `at(${at})`,
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: {
          ...target,
          Arn: `${target.Arn}-that-does-not-exist`,
          Input: JSON.stringify({ smokeTest: name }),
          RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
        },
      }),
    );
    try {
      const message = await patiently('the message', MOST_SECONDS, async () =>
        (await messagesIn(QueueUrl)).find(({ Body }) => Body.includes(name)),
      );
      await sqs('delete-message', '--queue-url', QueueUrl, '--receipt-handle', message.ReceiptHandle);
      expectThat(message.Body.includes('smokeTest'), `the message is ${message.Body}`);
    } finally {
      await scheduler.send(new DeleteScheduleCommand({ GroupName, Name: name }));
    }
  });
