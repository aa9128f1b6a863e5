import { describe, expect, it } from 'vitest';

import { issueRunCredentials } from '../../../functions/runs/run-secret.ts';
import { runToView } from '../../../functions/runs/run-view.ts';
import { AwsThrottled } from '../../../shared/domain/errors.ts';
import { isFinalRun, type Run } from '../../../shared/domain/run.ts';
import { at } from '../../fakes/cluster.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { claimedJob, runOf, seen } from '../../fakes/spark-job.ts';

const OTHER = 'x'.repeat(43);
const REFUSED = { name: 'NotSignedIn' };

/** A run that was launched, its secret, and what exchanges it. */
const launched = async () => {
  const world = jobWorld(claimedJob());
  await world.launchRun(world.lifecycle.owning({ job: claimedJob(), run: runOf(claimedJob()) }));
  const secret = world.secrets.get('0123456789') ?? '';
  const issued: Run[] = [];
  const exchange = issueRunCredentials({
    jobs: world.jobs,
    credentials: {
      issue: async (run) => {
        issued.push(run);
        return { accessKeyId: 'ASIA', secretAccessKey: 's', sessionToken: 't', expiration: at('07:40:00') };
      },
    },
  });
  return { world, secret, issued, exchange: (runSecret: string) => exchange({ runSecret }) };
};

describe('the secret of a run', () => {
  it('is exchanged for credentials while the run goes on, as often as wanted', async () => {
    const { secret, exchange, issued } = await launched();
    for (let time = 0; time < 2; time += 1) expect(await exchange(secret)).toMatchObject({ accessKeyId: 'ASIA' });
    expect(issued.map(({ id }) => id)).toEqual([runOf(claimedJob()).id, runOf(claimedJob()).id]);
  });

  it('has 256 random bits, of which the portal keeps a hash alone', async () => {
    const { world, secret } = await launched();
    expect(Buffer.from(secret.slice('daily-report.'.length), 'base64url')).toHaveLength(32);
    const kept = JSON.stringify([await world.job(), await world.runs()]);
    expect(kept).toContain('secretHash');
    expect(kept).not.toContain(secret.slice('daily-report.'.length));
    const run = runOf(await world.job());
    expect(JSON.stringify(runToView(run))).not.toContain(run.secretHash);
  });

  it('is of that run alone', async () => {
    const { secret, exchange, issued } = await launched();
    const wrong = [
      '',
      'daily-report',
      `daily-report.${OTHER}`,
      `other-job.${secret.split('.')[1]}`,
      `${secret}x`,
      secret.slice(0, -1),
      secret.toUpperCase(),
      `daily-report.${'é'.repeat(43)}`,
    ];
    for (const guess of wrong) await expect(exchange(guess), guess).rejects.toMatchObject(REFUSED);
    expect(issued).toEqual([]);
  });

  it('opens nothing where the run was never launched: no hash matches', async () => {
    const { exchange } = await launched();
    const { jobs } = jobWorld(claimedJob());
    const neverLaunched = issueRunCredentials({ jobs, credentials: { issue: () => exchange('') } });
    await expect(neverLaunched({ runSecret: `daily-report.${OTHER}` })).rejects.toMatchObject(REFUSED);
  });

  it('is void once the run is final', async () => {
    const { world, secret, exchange } = await launched();
    const end = seen('TERMINATED', { emrId: 'j-0123456789', reason: { code: 'ALL_STEPS_COMPLETED', message: '' } });
    const job = await world.reconcileRun(await world.job(), end);
    expect(isFinalRun(runOf(job))).toBe(true);
    await expect(exchange(secret)).rejects.toMatchObject(REFUSED);
  });

  it('is void once the run was launched again', async () => {
    const { world, secret, exchange } = await launched();
    const lost = await world.jobs.change('daily-report', (job) => ({
      ...job,
      latestRun: { ...runOf(job), workload: { ...runOf(job).workload, status: 'LAUNCHING', emrId: null } },
    }));
    await world.relaunchRun(lost);
    const second = world.secrets.get('token-1') ?? '';
    await expect(exchange(secret)).rejects.toMatchObject(REFUSED);
    expect(await exchange(second)).toMatchObject({ accessKeyId: 'ASIA' });
  });

  it('is not made for a launch that another has overtaken', async () => {
    const { world, secret, exchange } = await launched();
    await world.jobs.change('daily-report', (job) => ({
      ...job,
      latestRun: { ...runOf(job), workload: { ...runOf(job).workload, runToken: 'later' } },
    }));
    await world.launchRun(world.lifecycle.owning({ job: claimedJob(), run: runOf(claimedJob()) }));
    await expect(exchange(world.secrets.get('0123456789') ?? '')).rejects.toMatchObject(REFUSED);
    expect(await exchange(secret)).toMatchObject({ accessKeyId: 'ASIA' });
  });

  it('is tried again later where the database is busy', async () => {
    const { world, secret } = await launched();
    const busy = new AwsThrottled('DynamoDB is busy.');
    const exchange = issueRunCredentials({
      jobs: { ...world.jobs, get: () => Promise.reject(busy) },
      credentials: { issue: () => Promise.reject(new Error('not reached')) },
    });
    await expect(exchange({ runSecret: secret })).rejects.toBe(busy);
  });
});
