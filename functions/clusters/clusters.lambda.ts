import { clusterRoutes } from '../../shared/contract/routes/clusters.ts';
import { CLUSTER_PRICE_SETTINGS, clusterPricing } from '../adapters/cluster-pricing.ts';
import { dynamoDbClusterRepository } from '../adapters/dynamodb-cluster-repository.ts';
import { dynamoDbEmrReleaseRepository } from '../adapters/dynamodb-emr-release-repository.ts';
import { dynamoDbSshKeyRepository } from '../adapters/dynamodb-ssh-key-repository.ts';
import { dynamoDbTable } from '../adapters/dynamodb-table.ts';
import { CLUSTER_LAUNCH_SETTINGS, emrClusterProvisioner } from '../adapters/emr-cluster-provisioner.ts';
import { emrClusters } from '../adapters/emr-clusters.ts';
import { pause } from '../workloads/patience.ts';
import { oidcIdentityProvider } from '../adapters/oidc-identity-provider.ts';
import { authenticateBy } from '../sign-in/authenticate.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { httpHandler } from '../runtime/http-handler.ts';
import { SIGN_IN_SETTINGS } from '../sign-in/sign-in-settings.ts';
import { newId, newRunToken, random } from '../runtime/tokens.ts';
import { presentCluster } from './cluster-view.ts';
import { estimateCluster } from './estimate-cluster.ts';
import { extendCluster } from './extend-cluster.ts';
import { getClusterDefaults } from './get-cluster-defaults.ts';
import { getCluster } from './get-cluster.ts';
import { launchClaimedCluster } from '../workloads/launch-claimed-cluster.ts';
import { launchCluster } from './launch-cluster.ts';
import { listClusters } from './list-clusters.ts';
import { listEmrReleases } from '../releases/list-emr-releases.ts';
import { passOnTermination } from '../workloads/pass-on-termination.ts';
import { terminateCluster } from './terminate-cluster.ts';

const environment = readEnvironment([
  ...SIGN_IN_SETTINGS,
  ...CLUSTER_LAUNCH_SETTINGS,
  ...CLUSTER_PRICE_SETTINGS,
  'jupyterUrl',
  'table',
]);

const clock = systemClock;
const table = dynamoDbTable(environment.table);
const clusters = dynamoDbClusterRepository(table);
const sshKeys = dynamoDbSshKeyRepository(table);
const releases = dynamoDbEmrReleaseRepository(table);
const emr = emrClusters(environment.environment);
const provisioner = emrClusterProvisioner(environment);
const pricing = clusterPricing(environment);
const { efsDns, jupyterUrl } = environment;
const present = presentCluster({ clock, hasHomes: efsDns !== '', jupyterUrl });
const passOn = passOnTermination({ clusters, emr, clock });
const patience = { pause, random };
const launchClaimed = launchClaimedCluster({ clusters, provisioner, passOnTermination: passOn, clock, patience });

export const handler = httpHandler(
  clusterRoutes,
  {
    listClusters: listClusters({ clusters, present }),
    getClusterDefaults: getClusterDefaults({ sshKeys, releases, random }),
    launchCluster: launchCluster({
      clusters,
      sshKeys,
      releases,
      launchClaimed,
      present,
      clock,
      pricing,
      newId,
      newRunToken,
    }),
    getCluster: getCluster({ clusters, present }),
    extendCluster: extendCluster({ clusters, present, clock }),
    terminateCluster: terminateCluster({ clusters, passOnTermination: passOn, present, clock }),
    estimateCluster: estimateCluster({ pricing }),
    listEmrReleases: listEmrReleases({ releases }),
  },
  { ...environment, authenticate: authenticateBy(environment, oidcIdentityProvider(environment)) },
);
