import { EMRClient, EMRServiceException, TerminateJobFlowsCommand } from '@aws-sdk/client-emr';
import { describe, expect, it } from 'vitest';

import { emrOnEc2 } from '../../../functions/adapters/emr-on-ec2.ts';

/** @param reason the error's name, or name and message */
const refusal = (reason: string) => {
  const [name = '', message = `${name}!`] = reason.split(': ');
  return new EMRServiceException({ name, $fault: 'client', message, $metadata: { httpStatusCode: 400 } });
};

/** An EMR that refuses every call which names an id of `refused`. */
const emrRefusing = (refused: Readonly<Record<string, string>>) => {
  const taken: (readonly string[])[] = [];
  const client = Object.assign(new EMRClient({ region: 'us-west-2' }), {
    send: async (command: unknown) => {
      const ids = command instanceof TerminateJobFlowsCommand ? (command.input.JobFlowIds ?? []) : [];
      const reason = ids.map((id) => refused[id]).find((name) => name !== undefined);
      if (reason !== undefined) throw refusal(reason);
      taken.push(ids);
    },
  });
  return { emr: emrOnEc2('test', { client }), taken };
};

describe('ending several EMR clusters', () => {
  it('takes ten ids a call, as EMR does', async () => {
    const { emr, taken } = emrRefusing({});
    await emr.terminate(Array.from({ length: 21 }, (_, n) => `j-${n}`));
    expect(taken.map(({ length }) => length)).toEqual([10, 10, 1]);
    await emr.terminate([]);
    expect(taken).toHaveLength(3);
  });

  it('ends the others where EMR has forgotten one', async () => {
    const { emr, taken } = emrRefusing({ 'j-2': 'ValidationException' });
    await emr.terminate(['j-1', 'j-2', 'j-3']);
    expect(taken).toEqual([['j-1'], ['j-3']]);
  });

  it('ends the others where one is denied, and tells of that one', async () => {
    const { emr, taken } = emrRefusing({ 'j-2': 'AccessDeniedException' });
    await expect(emr.terminate(['j-1', 'j-2', 'j-3'])).rejects.toMatchObject({
      name: 'AwsFailed',
      evidence: { name: 'AccessDeniedException' },
    });
    expect(taken).toEqual([['j-1'], ['j-3']]);
  });

  it.each([
    'Could not shut down one or more job flows since they are termination protected.',
    'Cluster is terminate-protected',
  ])('ends the others where one is protected, and tells of that one: %s', async (message) => {
    const { emr, taken } = emrRefusing({ 'j-2': `ValidationException: ${message}` });
    await expect(emr.terminate(['j-1', 'j-2', 'j-3'])).rejects.toMatchObject({
      name: 'AwsFailed',
      evidence: { message },
    });
    expect(taken).toEqual([['j-1'], ['j-3']]);
  });

  it('stops where EMR is busy', async () => {
    const { emr, taken } = emrRefusing({ 'j-1': 'ThrottlingException' });
    await expect(emr.terminate(['j-1', 'j-2'])).rejects.toMatchObject({ name: 'AwsThrottled' });
    expect(taken).toEqual([]);
  });
});

describe('a cluster in a state of a later EMR', () => {
  const client = Object.assign(new EMRClient({ region: 'us-west-2' }), {
    send: async () => ({ Cluster: { Id: 'j-1', Status: { State: 'HIBERNATING' } } }),
  });

  it('is not taken for one that is gone', async () => {
    await expect(emrOnEc2('test', { client }).describe('j-1')).rejects.toMatchObject({
      name: 'AwsFailed',
      evidence: { jobflowId: 'j-1', state: 'HIBERNATING' },
    });
  });
});
