import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { EMRClient, RunJobFlowCommand, TerminateJobFlowsCommand } from '@aws-sdk/client-emr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { emrClusterSessions } from '../../functions/adapters/emr-cluster-sessions.ts';
import { connectUrl } from '../../functions/workloads/connection-text.ts';
import { startLocalEmr, type LocalEmr } from '../../local/emr/server.ts';
import { ALICE, readyCluster } from '../fakes/cluster.ts';
import { launchInput } from '../local/emr/rig.ts';
import { pythonWithClient } from './connect-client.ts';
import { sessionExecutorIn } from './spark-stack.ts';

const STARTING_MS = 120_000;
const CLAIM = { token: '0123456789', ownerId: ALICE.id, sessionId: null };

const counting = (address: string): string => `
from pyspark.sql import SparkSession
spark = SparkSession.builder.remote("${address}").create()
print("counted", spark.range(10).count(), "by Spark", spark.version)
`;

describe('a session on a cluster of the local EMR', () => {
  let directory: string;
  let emr: LocalEmr;
  let client: EMRClient;
  beforeAll(async () => {
    directory = mkdtempSync(path.join(tmpdir(), 'atmo-cluster-sessions-'));
    emr = await startLocalEmr({
      port: 0,
      dataDirectory: path.join(directory, 'emr'),
      publish: () => {},
      writeLog: async () => {},
      sessionExecutor: sessionExecutorIn(directory),
      region: 'us-west-2',
      accountId: '123456789012',
    });
    const credentials = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'secret' };
    client = new EMRClient({ region: 'us-west-2', endpoint: emr.url, credentials });
  });
  afterAll(async () => {
    client.destroy();
    await emr.close();
    rmSync(directory, { recursive: true, force: true });
  });

  it('answers a PySpark client from PyPI that sends its token and its id, and ends with the cluster', async () => {
    const emrRelease = 'spark-8.0.0';
    const enabled = { ReleaseLabel: `emr-${emrRelease}`, Applications: [{ Name: 'Spark' }], SessionEnabled: true };
    const { JobFlowId: emrId = '' } = await client.send(new RunJobFlowCommand(launchInput(enabled)));
    await expect.poll(() => emr.clusters()[0]?.state, { timeout: 20_000 }).toBe('WAITING');
    const sessions = emrClusterSessions('test', client);
    const id = await sessions.start(readyCluster({ emrRelease, emrId }), CLAIM);

    const person = await pythonWithClient({ sparkVersion: '4.0.2' });
    const stateOf = async () => (await sessions.look(id))?.state;
    await expect.poll(stateOf, { timeout: STARTING_MS, interval: 500 }).toMatch(/STARTED|IDLE|FAILED/);
    const { endpoint, token, headers = {} } = await sessions.mint(id);
    const counted = await person.python(counting(connectUrl({ endpoint, token, headers })));
    expect(counted.output).toContain('counted 10 by Spark 4.0.2\n');

    const refused = await person.python(counting(connectUrl({ endpoint, token, headers: { authorization: 'is-X' } })));
    expect(refused.output).toContain('The authorization is not the id of this session.');
    expect(refused.output).not.toContain('counted');

    await client.send(new TerminateJobFlowsCommand({ JobFlowIds: [emrId] }));
    await expect.poll(() => emr.clusters()[0]?.state, { timeout: 30_000 }).toBe('TERMINATED');
    expect(await stateOf()).toBe('TERMINATED');
  });
});
