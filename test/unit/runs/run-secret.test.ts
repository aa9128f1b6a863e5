import { describe, expect, it } from 'vitest';

import type { CallerProofs } from '../../../functions/ports/caller-proofs.ts';
import { issueRunCredentials } from '../../../functions/runs/run-secret.ts';
import { runToView } from '../../../functions/runs/run-view.ts';
import { AwsThrottled } from '../../../shared/domain/errors.ts';
import { isFinalRun, type Run } from '../../../shared/domain/run.ts';
import { at } from '../../fakes/cluster.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { claimedJob, runOf, seen } from '../../fakes/spark-job.ts';

const OTHER = 'x'.repeat(43);
const REFUSED = { name: 'NotSignedIn' };

/** As on a machine without instances. */
const NO_PROOFS: CallerProofs = { areRequired: false, clusterOf: async () => null };

/** A run that was launched, its secret, and what exchanges it. */
const launched = async () => {
  const world = jobWorld(claimedJob());
  await world.launchRun(world.lifecycle.owning({ job: claimedJob(), run: runOf(claimedJob()) }));
  const secret = world.secrets.get('0123456789') ?? '';
  const issued: Run[] = [];
  const proofs = { areRequired: false, asked: [] as (readonly [string, string])[] };
  const exchange = issueRunCredentials({
    jobs: world.jobs,
    callerProofs: {
      get areRequired() {
        return proofs.areRequired;
      },
      // The text is the cluster that it proves.
      clusterOf: async (proof, runId) => {
        proofs.asked.push([proof, runId]);
        return proof === '' ? null : proof;
      },
    },
    credentials: {
      issue: async (run) => {
        issued.push(run);
        return { accessKeyId: 'ASIA', secretAccessKey: 's', sessionToken: 't', expiration: at('07:40:00') };
      },
    },
  });
  return {
    world,
    secret,
    issued,
    proofs,
    exchange: (runSecret: string, callerProof?: string) => exchange({ runSecret, callerProof }),
  };
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
    const neverLaunched = issueRunCredentials({
      jobs,
      callerProofs: NO_PROOFS,
      credentials: { issue: () => exchange('') },
    });
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
      callerProofs: NO_PROOFS,
      credentials: { issue: () => Promise.reject(new Error('not reached')) },
    });
    await expect(exchange({ runSecret: secret })).rejects.toBe(busy);
  });
});

describe('the proof that the caller of a run secret is an instance of its cluster', () => {
  const EMR_ID = 'j-0123456789';

  it('is asked for where there are instances, for this very run', async () => {
    const { secret, exchange, issued, proofs } = await launched();
    proofs.areRequired = true;
    expect(await exchange(secret, EMR_ID)).toMatchObject({ accessKeyId: 'ASIA' });
    expect(proofs.asked).toEqual([[EMR_ID, issued[0]?.id]]);
  });

  it.each([
    ['none at all', undefined],
    ['one that proves nothing', ''],
    ['one of another cluster', 'j-ANOTHER'],
  ])('keeps the secret from opening anything with %s', async (_what, proof) => {
    const { secret, exchange, issued, proofs } = await launched();
    proofs.areRequired = true;
    await expect(exchange(secret, proof)).rejects.toMatchObject(REFUSED);
    expect(issued).toEqual([]);
  });

  it('is checked where it is not asked for, if there is one', async () => {
    const { secret, exchange } = await launched();
    await expect(exchange(secret, 'j-ANOTHER')).rejects.toMatchObject(REFUSED);
    expect(await exchange(secret, EMR_ID)).toMatchObject({ accessKeyId: 'ASIA' });
    expect(await exchange(secret)).toMatchObject({ accessKeyId: 'ASIA' });
  });

  it('is looked at only with the right secret: nobody else has AWS asked', async () => {
    const { exchange, proofs } = await launched();
    await expect(exchange(`daily-report.${OTHER}`, EMR_ID)).rejects.toMatchObject(REFUSED);
    expect(proofs.asked).toEqual([]);
  });

  it('can be tried again while EMR’s id of the cluster is not known', async () => {
    const { world, secret, exchange, issued, proofs } = await launched();
    proofs.areRequired = true;
    await world.jobs.change('daily-report', (job) => ({
      ...job,
      latestRun: { ...runOf(job), workload: { ...runOf(job).workload, status: 'LAUNCHING', emrId: null } },
    }));
    await expect(exchange(secret, EMR_ID)).rejects.toMatchObject({ name: 'AwsFailed' });
    expect(issued).toEqual([]);
  });
});
