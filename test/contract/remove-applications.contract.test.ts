import {
  CancelJobRunCommand,
  CreateApplicationCommand,
  ListApplicationsCommand,
  StartApplicationCommand,
} from '@aws-sdk/client-emr-serverless';
import { describe, expect, it } from 'vitest';

import { removalActs } from '../../infra/removal/removal-acts.ts';
import { removeApplications } from '../../infra/removal/remove-applications.ts';
import { startRig } from '../local/emr-serverless/rig.ts';

const tagged = (environment: string) => ({ Application: 'ATMO', App: 'atmo', Environment: environment, Type: 'job' });
const nameOf = (environment: string, token: string) => `atmo-${environment}-job-7.13.0-arm64-${token}`;

const begin = async () => {
  const rig = await startRig();
  const told: string[] = [];
  const serverless = rig.newClient(3);
  const remove = async (isForReal: boolean) => {
    const acts = removalActs(isForReal, (line) => void told.push(line));
    const pause = (milliseconds: number) => rig.advance(milliseconds / 1000);
    const found = await removeApplications({ serverless, stage: 'dev', pause }, acts);
    return { found, failures: acts.failures() };
  };
  const left = async () => {
    const { applications = [] } = await rig.client.send(new ListApplicationsCommand({}));
    return applications.filter(({ state }) => state !== 'TERMINATED').map(({ id = '' }) => id);
  };
  const ours = (token: string) => rig.application({ name: nameOf('dev', token), tags: tagged('dev') });
  return { rig, told, remove, left, ours };
};

describe('the removal of EMR Serverless applications', () => {
  it('takes those of its stage alone, by name and tags, in whatever state they are', async () => {
    const { rig, remove, left, ours } = await begin();
    const others = [
      await rig.application({ name: nameOf('prod', '0000000001'), tags: tagged('prod') }),
      await rig.application({ name: nameOf('dev', '0000000002') }),
      await rig.application({ name: 'analytics', tags: tagged('dev') }),
    ];
    await ours('0000000003');
    await rig.client.send(new StartApplicationCommand({ applicationId: await ours('0000000004') }));
    const started = await ours('0000000005');
    await rig.client.send(new StartApplicationCommand({ applicationId: started }));
    await rig.advance(2);
    expect(await rig.applicationState(started)).toBe('STARTED');
    await rig.client.send(
      new CreateApplicationCommand({
        name: nameOf('dev', '0000000006'),
        tags: tagged('dev'),
        clientToken: 'creating',
        releaseLabel: 'emr-7.13.0',
        type: 'SPARK',
      }),
    );
    expect(await remove(true)).toEqual({ found: 4, failures: 0 });
    expect((await left()).toSorted()).toEqual(others.toSorted());
    expect(await remove(true)).toEqual({ found: 0, failures: 0 });
  });

  it('only tells, unless it is told to', async () => {
    const { remove, left, told, ours } = await begin();
    const id = await ours('0000000001');
    expect(await remove(false)).toEqual({ found: 1, failures: 0 });
    expect(await left()).toEqual([id]);
    expect(told).toEqual([`would remove EMR Serverless application ${id} (${nameOf('dev', '0000000001')})`]);
  });

  it('leaves one whose job run goes on, says so, removes the others, and finishes when it is repeated', async () => {
    const { rig, remove, left, told, ours } = await begin();
    rig.service.control({ runSeconds: 80_000 });
    const busy = await ours('0000000001');
    await ours('0000000002');
    const jobRunId = await rig.start(busy);
    await rig.advance(5);
    expect(await remove(true)).toEqual({ found: 2, failures: 1 });
    expect(await left()).toEqual([busy]);
    expect(told).toContainEqual(
      expect.stringMatching(/^could not remove EMR Serverless application .*job runs or sessions that have not ended/),
    );
    await rig.client.send(new CancelJobRunCommand({ applicationId: busy, jobRunId }));
    await rig.advance(5);
    expect(await remove(true)).toEqual({ found: 1, failures: 0 });
    expect(await left()).toEqual([]);
  });
});
