import { DescribeClusterCommand, EMRClient, ListStepsCommand } from '@aws-sdk/client-emr';
import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { expectThat, type Checks } from '../checks.ts';
import { patiently } from './patiently.ts';
import type { PortalSession } from './portal-session.ts';
import { newPublicKey } from './ssh-key.ts';

interface ClusterCheck {
  readonly session: PortalSession;
  readonly environment: string;
  /** Marks what this test makes. */
  readonly name: string;
}

/** A real cluster with its bootstrap action takes ten minutes; by the sweep alone it would take five more to be seen. */
const MOST_SECONDS = 1200;

interface Defaults {
  readonly emrRelease: string;
}

const addKey = (session: PortalSession, title: string): Promise<{ id: string; fingerprint: string }> =>
  session.must(201, 'POST', '/api/ssh-keys', { title, key: newPublicKey() });

/** What EMR was really asked for. */
const seenByEmr = async (jobflowId: string, environment: string, { name }: ClusterCheck): Promise<string> => {
  const emr = new EMRClient({});
  const { Cluster } = await emr.send(new DescribeClusterCommand({ ClusterId: jobflowId }));
  const { Steps = [] } = await emr.send(new ListStepsCommand({ ClusterId: jobflowId }));
  const tags = Object.fromEntries((Cluster?.Tags ?? []).map(({ Key = '', Value }) => [Key, Value]));
  expectThat(Cluster?.Name?.startsWith(`atmo-${environment}-cluster-`) ?? false, `its name is ${Cluster?.Name}`);
  expectThat(
    tags['Application'] === 'ATMO' && tags['Environment'] === environment,
    `its tags are ${JSON.stringify(tags)}`,
  );
  expectThat(tags['Name'] === name && tags['Type'] === 'cluster', `its tags are ${JSON.stringify(tags)}`);
  const roles = [Cluster?.ServiceRole, Cluster?.Ec2InstanceAttributes?.IamInstanceProfile];
  expectThat(
    roles.every((role) => role?.includes('atmo-') ?? false),
    `its roles are ${roles.join(', ')}`,
  );
  expectThat(
    Steps.some((step) => /zeppelin/i.test(step.Name ?? '')),
    `its steps are ${Steps.map((step) => step.Name).join(', ')}`,
  );
  return `${Cluster?.Name}, ${Steps.length} step, ${Object.keys(tags).length} tags`;
};

/** A cluster's whole life, and the SSH key that it needs. */
export const checkCluster = async (checks: Checks, options: ClusterCheck): Promise<void> => {
  const { session, environment, name } = options;
  const key = await checks.check(
    'An SSH key is added and read back',
    async () => {
      const added = await addKey(session, name);
      const raw = await session.must<string>(200, 'GET', `/api/ssh-keys/${added.id}/raw`);
      expectThat(raw.startsWith('ssh-ed25519 '), `it reads ${raw.slice(0, 40)}`);
      return added;
    },
    ({ fingerprint }) => fingerprint,
  );
  const launched = await checks.check(
    'A cluster is launched',
    async () => {
      const { emrRelease } = await session.must<Defaults>(200, 'GET', '/api/clusters/defaults');
      const wish = { identifier: name, size: 1, lifetime: 2, sshKeyId: key.id, emrRelease };
      const { id } = await session.must<ClusterView>(201, 'POST', '/api/clusters', wish);
      return patiently('a jobflow id', 60, async () => {
        const cluster = await session.must<ClusterView>(200, 'GET', `/api/clusters/${id}`);
        return cluster.jobflowId === null ? null : { ...cluster, jobflowId: cluster.jobflowId };
      });
    },
    ({ jobflowId, emrRelease }) => `${jobflowId} on ${emrRelease}`,
  );
  const { id, jobflowId } = launched;
  try {
    await checks.check(
      'EMR has it with name, tags, roles and steps',
      () => seenByEmr(jobflowId, environment, options),
      (seen) => seen,
    );
    await checks.check('It is listed, and extended', async () => {
      const { items } = await session.must<{ items: ClusterView[] }>(200, 'GET', '/api/clusters?status=active');
      expectThat(
        items.some((item) => item.id === id),
        'the list lacks it',
      );
      const extended = await session.must<ClusterView>(200, 'POST', `/api/clusters/${id}/extend`, { hours: 2 });
      expectThat(extended.lifetimeExtensionCount === 1, `it counts ${extended.lifetimeExtensionCount} extensions`);
    });
    await checks.check(
      'Its state follows EMR, by event or by the sweep',
      () =>
        patiently('WAITING', MOST_SECONDS, async () => {
          const cluster = await session.must<ClusterView>(200, 'GET', `/api/clusters/${id}`);
          return cluster.status === 'WAITING' && cluster;
        }),
      ({ status, masterAddress }) => `${status} at ${masterAddress}`,
    );
  } finally {
    await checks.check('It is terminated, and the key deleted', async () => {
      await session.must(202, 'POST', `/api/clusters/${id}/terminate`);
      const { Cluster } = await new EMRClient({}).send(new DescribeClusterCommand({ ClusterId: jobflowId }));
      expectThat(Cluster?.Status?.State?.startsWith('TERMINAT') ?? false, `EMR says ${Cluster?.Status?.State}`);
      await session.must(204, 'DELETE', `/api/ssh-keys/${key.id}`);
    });
  }
};
