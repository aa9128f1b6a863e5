import { describe, expect, it } from 'vitest';

import { emrClusterLaunch } from '../../functions/adapters/emr-cluster-launch.ts';
import { emrRunLaunch } from '../../functions/adapters/emr-run-launch.ts';
import { claimedCluster } from '../fakes/cluster.ts';
import { GROUPS, HOME, LAUNCH_SETTINGS, SSH_KEY } from '../fakes/emr-launch.ts';
import { claimedJob, runOf } from '../fakes/spark-job.ts';
import { LAUNCHED_WITH, SPOT } from '../fakes/settings.ts';
import { startRig } from '../local/emr/rig.ts';

const SCRIPTS = 's3://atmo-test-emr/scripts/0123abcd';
const SCRIPT_RUNNER = 's3://us-west-2.elasticmapreduce/libs/script-runner/script-runner.jar';

describe('a cluster as EMR gets it', () => {
  it('waits for its person, sets Zeppelin up, and ends when it was idle for as long as chosen', async () => {
    const { client, emr } = await startRig();
    await emrClusterLaunch(
      LAUNCH_SETTINGS,
      client,
    )({ cluster: claimedCluster(), sshKey: SSH_KEY, groups: GROUPS, home: HOME });
    expect(emr.clusters()).toMatchObject([
      {
        name: 'atmo-test-cluster-alice-eager-curie-0001-0123456789',
        keepAlive: true,
        idleTimeoutSeconds: 3 * 3600,
        logUri: 's3://atmo-test-logs/clusters/eager-curie-0001/20261123T060000000Z/',
        bootstrapActions: [
          { args: expect.arrayContaining(['--public-key', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIB', '--home']) },
        ],
        steps: [{ jar: SCRIPT_RUNNER, args: [`${SCRIPTS}/steps/setup-zeppelin.sh`], actionOnFailure: 'CONTINUE' }],
      },
    ]);
    expect(emr.clusters()[0]?.bootstrapActions[0]?.args).not.toContain('--timeout');
  });

  it('that is never to end by being idle outlasts the longest lifetime of all', async () => {
    const { client, emr } = await startRig();
    const cluster = claimedCluster({ idleHours: null });
    await emrClusterLaunch(LAUNCH_SETTINGS, client)({ cluster, sshKey: SSH_KEY, groups: GROUPS, home: HOME });
    expect(emr.clusters()).toMatchObject([{ idleTimeoutSeconds: 7 * 24 * 3600 }]);
  });

  it.each([
    [false, 'SPOT'],
    [true, 'ON_DEMAND'],
  ])(
    'has spot workers beside those on demand, which fall back where spot is short: %s',
    async (spotShortage, market) => {
      const { client, emr, advance } = await startRig();
      emr.control({ spotShortage });
      const cluster = claimedCluster({ size: 6, launchSettings: { ...LAUNCHED_WITH, spot: SPOT } });
      await emrClusterLaunch(LAUNCH_SETTINGS, client)({ cluster, sshKey: SSH_KEY, groups: GROUPS, home: HOME });
      await advance(5 * 60 + 2);
      expect(emr.clusters()[0]?.instances.map(({ role, markets }) => [role, markets])).toEqual([
        ['MASTER', ['ON_DEMAND']],
        ['CORE', ['ON_DEMAND', 'ON_DEMAND']],
        ['TASK', Array.from({ length: 4 }, () => market)],
      ]);
    },
  );
});

describe('a cluster on a release without Zeppelin', () => {
  it('is not asked to set it up', async () => {
    const { client, emr } = await startRig();
    await emrClusterLaunch(
      LAUNCH_SETTINGS,
      client,
    )({ cluster: claimedCluster({ emrRelease: 'spark-8.0.0' }), sshKey: SSH_KEY, groups: GROUPS, home: HOME });
    expect(emr.clusters()).toMatchObject([{ releaseLabel: 'emr-spark-8.0.0', steps: [] }]);
  });
});

describe('a run as EMR gets it', () => {
  const launched = async (visibility: 'private' | 'public', kind: 'jupyter' | 'zeppelin' = 'jupyter') => {
    const { client, emr, describe: describeCluster } = await startRig();
    const run = { ...runOf(claimedJob({}, { resultVisibility: visibility })), notebookKind: kind };
    await emrRunLaunch(LAUNCH_SETTINGS, client)({ run, groups: GROUPS, runSecret: 'daily-report.secret' });
    const [cluster] = emr.clusters();
    const { Applications = [] } = await describeCluster(cluster?.id ?? '');
    return { run, cluster, applications: Applications.map(({ Name }) => Name) };
  };

  it('runs its notebook until its timeout, and ends with it', async () => {
    const { run, cluster, applications } = await launched('private');
    expect(cluster).toMatchObject({
      name: 'atmo-test-job-alice-daily-report-0123456789',
      keepAlive: false,
      logUri: 's3://atmo-test-logs/jobs/daily-report/20261123T060000000Z/',
      tags: { Type: 'job', Owner: 'alice@example.com', Name: 'daily-report' },
      bootstrapActions: [{ args: expect.arrayContaining(['--timeout', '2']) }],
    });
    for (const option of ['--public-key', '--home']) expect(cluster?.bootstrapActions[0]?.args).not.toContain(option);
    expect(cluster?.steps.map(({ actionOnFailure }) => actionOnFailure)).toEqual(['TERMINATE_CLUSTER']);
    expect(applications).toEqual(['Hadoop', 'Spark']);
    expect(cluster?.steps.map(({ args }) => args)).toEqual([
      [
        `${SCRIPTS}/steps/run-notebook.sh`,
        ...['--notebook', 's3://atmo-test-notebooks/jobs/job-1/0123456789ab/daily_report.ipynb'],
        ...['--parameters', `s3://atmo-test-notebooks/jobs/job-1/runs/${run.id}/parameters.json`],
        ...['--results', 's3://atmo-test-results/daily-report/'],
        ...['--run-id', run.id],
        ...['--timeout-at', '2026-11-23T08:00:00.000Z'],
        ...['--environment', 'test'],
        ...['--credentials-url', 'https://atmo.example.com/api/run-credentials'],
        ...['--run-secret', 'daily-report.secret'],
      ],
    ]);
  });

  it('writes public results to the bucket of their own', async () => {
    const { cluster } = await launched('public');
    expect(cluster?.steps[0]?.args).toContain('s3://atmo-test-public-results/daily-report/');
  });

  it('installs and waits for Zeppelin where the notebook is a note', async () => {
    const { cluster, applications } = await launched('private', 'zeppelin');
    expect(applications).toContain('Zeppelin');
    expect(cluster?.steps).toMatchObject([
      { args: [`${SCRIPTS}/steps/setup-zeppelin.sh`], actionOnFailure: 'TERMINATE_CLUSTER' },
      { args: expect.arrayContaining([`${SCRIPTS}/steps/run-notebook.sh`]), actionOnFailure: 'TERMINATE_CLUSTER' },
    ]);
  });
});
