import { AsyncLocalStorage } from 'node:async_hooks';
import { tracingChannel } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

import { recordOf, type AwsCall, type Invocation } from './recorded-calls.ts';

/**
 * Loaded into a stack's process before anything else (`node --import`): writes each invocation of a function, with its calls of
 * the SDK, into the data directory, a line of JSON each.
 */
const file = recordOf(process.env['ATMO_LOCAL_DIR'] ?? '.');

interface Traced {
  readonly function: string;
  readonly payload: unknown;
  begunAt?: number;
  calls?: AwsCall[];
}

interface SdkClient {
  readonly config: { readonly serviceId?: string };
}
type Send = (this: SdkClient, command: object, ...rest: unknown[]) => unknown;

const current = new AsyncLocalStorage<Traced>();

/** What every client of the SDK inherits. Loaded with the functions, after the stack has put its clock in place. */
const record = async (): Promise<void> => {
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const { prototype } = Object.getPrototypeOf(DynamoDBClient) as { prototype: { send: Send } };
  const { send } = prototype;
  prototype.send = function (command, ...rest) {
    const calls = current.getStore()?.calls;
    const answer = send.call(this, command, ...rest);
    if (calls !== undefined && answer instanceof Promise) {
      const name = `${this.config.serviceId ?? 'DynamoDB'} ${command.constructor.name.replace(/Command$/, '')}`;
      const call = { name, from: performance.now(), until: Number.NaN };
      calls.push(call);
      const ended = (): void => {
        call.until = performance.now();
      };
      answer.then(ended, ended);
    }
    return answer;
  };
};
let recording: Promise<void> | undefined;

const invocations = tracingChannel<object, Traced>('atmo.invocation');
invocations.start.bindStore(current, (traced) => {
  recording ??= record();
  return Object.assign(traced, { begunAt: performance.now(), calls: [] });
});
invocations.asyncEnd.subscribe((message) => {
  const { function: name, payload, begunAt: from = Number.NaN, calls = [] } = message as Traced;
  const invocation: Invocation = { function: name, payload, from, until: performance.now(), calls };
  appendFileSync(file, `${JSON.stringify(invocation)}\n`);
});
