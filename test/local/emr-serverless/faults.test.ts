import { GetJobRunCommand, ListJobRunsCommand, StartJobRunCommand } from '@aws-sdk/client-emr-serverless';
import { describe, expect, it } from 'vitest';
import { InvalidOrder } from '../../../local/emulation/control-order.ts';
import type { JobRunExecutor } from '../../../local/emr-serverless/job-run-executor.ts';
import { announced, jobRunInput, refusal, startRig } from './rig.ts';

describe('local control', () => {
  it('throttles and fails as many calls as ordered, before anything happened', async () => {
    const rig = await startRig();
    const application = await rig.application();
    rig.service.control({ throttle: { StartJobRun: 1 }, errorNext: { StartJobRun: 1 } });
    expect(await refusal(rig.start(application))).toBe('ThrottlingException: Rate exceeded');
    expect(await refusal(rig.start(application))).toMatch(/^InternalServerException/);
    expect(rig.service.jobRuns()).toEqual([]);
    await rig.start(application);
    expect(rig.service.calls()).toMatchObject({ StartJobRun: 3 });
  });

  it('loses answers after the work, and the repeated call with the same token starts nothing more', async () => {
    const rig = await startRig();
    const application = await rig.application();
    rig.service.control({ loseAnswers: 1 });
    const input = jobRunInput(application);
    await expect(rig.client.send(new StartJobRunCommand(input))).rejects.toThrow(/hang up|ECONNRESET|socket/i);
    expect(rig.service.jobRuns()).toHaveLength(1);
    const { jobRunId } = await rig.client.send(new StartJobRunCommand(input));
    expect(rig.service.jobRuns().map(({ id }) => id)).toEqual([jobRunId]);
  });

  it.each([
    ['JOB_FAILURE', 'ExitCode: 1'],
    ['INTERNAL_ERROR', 'internal error'],
  ])('lets the next job run fail with %s', async (failNext, details) => {
    const ran: string[] = [];
    const executor: JobRunExecutor = {
      run: async ({ id }) => {
        ran.push(id);
        return { executed: true, exitCode: 0 };
      },
    };
    const rig = await startRig({ executor });
    const application = await rig.application();
    rig.service.control({ failNext });
    const [failing, other] = [await rig.start(application), await rig.start(application)];
    await rig.advance(10);
    expect(await rig.jobRun(application, failing)).toMatchObject({
      state: 'FAILED',
      stateDetails: expect.stringContaining(details),
    });
    await rig.settle();
    expect((await rig.jobRun(application, other)).state).toBe('SUCCESS');
    expect(ran).toEqual([other]);
  });

  it('keeps events from the bus', async () => {
    const rig = await startRig();
    const application = await rig.application();
    rig.service.control({ loseEvents: true });
    const id = await rig.start(application);
    await rig.advance(10);
    expect(announced(rig, id)).toEqual([]);
  });

  it('refuses what it does not know', async () => {
    const rig = await startRig();
    expect(() => rig.service.control({ throttle: { RunJobFlow: 1 }, x: 1 })).toThrow(InvalidOrder);
  });
});

describe('rate limits', () => {
  it('take 25 StartJobRun at once and then one a second, and 50 GetJobRun', async () => {
    const rig = await startRig();
    const application = await rig.application();
    rig.service.control({ rateLimits: true });
    const id = await rig.start(application);
    for (let sent = 1; sent < 25; sent += 1) await rig.start(application);
    expect(await refusal(rig.start(application))).toMatch(/^ThrottlingException/);
    await rig.advance(1);
    await rig.start(application);
    expect(await refusal(rig.start(application))).toMatch(/^ThrottlingException/);
    const read = () => rig.client.send(new GetJobRunCommand({ applicationId: application, jobRunId: id }));
    for (let sent = 0; sent < 50; sent += 1) await read();
    expect(await refusal(read())).toMatch(/^ThrottlingException/);
  });
});

describe('a request that cannot be answered', () => {
  const signed = `AWS4-HMAC-SHA256 Credential=A/20260302/us-west-2/emr-serverless/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
  it.each([
    ['an unknown path', 'GET', '/x', signed, undefined, 404, 'UnknownOperationException'],
    ['a wrong method', 'PUT', '/applications', signed, '{}', 404, 'UnknownOperationException'],
    ['no signature', 'GET', '/applications', '', undefined, 403, 'MissingAuthenticationTokenException'],
    ['another signature', 'GET', '/applications', 'Bearer x', undefined, 403, 'IncompleteSignatureException'],
    ['a body that is no JSON', 'POST', '/applications', signed, '{', 400, 'SerializationException'],
    ['a body of null', 'POST', '/applications', signed, 'null', 400, 'SerializationException'],
    ['missing members', 'POST', '/applications', signed, '{"name":null}', 400, 'ValidationException'],
    ['a state that is none', 'GET', '/applications?states=X', signed, undefined, 400, 'ValidationException'],
    ['a page that is none', 'GET', '/applications?maxResults=-1', signed, undefined, 400, 'ValidationException'],
    ['an unknown application', 'GET', '/applications/__proto__', signed, undefined, 404, 'ResourceNotFoundException'],
    ['tags of nothing', 'GET', '/tags/arn%3Ax', signed, undefined, 404, 'ResourceNotFoundException'],
  ])('gets a refusal: %s', async (_what, method, path, authorization, body, status, type) => {
    const rig = await startRig();
    const response = await fetch(`${rig.service.url}${path}`, {
      method,
      ...(authorization !== '' && { headers: { authorization } }),
      ...(body !== undefined && { body }),
    });
    expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([status, type]);
    await response.text();
  });

  it('names each wrong member', async () => {
    const rig = await startRig();
    const application = await rig.application();
    const wrong = { executionRoleArn: 'role', executionTimeoutMinutes: -1 };
    expect(await refusal(rig.start(application, wrong))).toMatch(/executionRoleArn: .*executionTimeoutMinutes: /);
    const list = rig.client.send(new ListJobRunsCommand({ applicationId: application, maxResults: 51 }));
    expect(await refusal(list)).toMatch(/maxResults must be from 1 to 50/);
  });
});
