import { adminClusterRoutes } from '../../shared/contract/routes/admin-lists.ts';
import { clusterDetailRoutes } from '../../shared/contract/routes/cluster-details.ts';
import { clusterRoutes } from '../../shared/contract/routes/clusters.ts';
import { CLUSTER_PRICE_SETTINGS, clusterPricing } from '../adapters/cluster-pricing.ts';
import { dynamoDbAuditTrail } from '../adapters/dynamodb-audit-trail.ts';
import { dynamoDbBudgetAccounts } from '../adapters/dynamodb-budget-accounts.ts';
import { dynamoDbBudgetNotices } from '../adapters/dynamodb-budget-notices.ts';
import { dynamoDbClusterRepository } from '../adapters/dynamodb-cluster-repository.ts';
import { dynamoDbDocuments } from '../adapters/dynamodb-documents.ts';
import { dynamoDbEmrReleaseRepository } from '../adapters/dynamodb-emr-release-repository.ts';
import { dynamoDbGrantRepository } from '../adapters/dynamodb-grant-repository.ts';
import { dynamoDbLaunchSlots } from '../adapters/dynamodb-launch-slots.ts';
import { dynamoDbPersonRepository } from '../adapters/dynamodb-person-repository.ts';
import { dynamoDbReservationRepository } from '../adapters/dynamodb-reservation-repository.ts';
import { dynamoDbSshKeyRepository } from '../adapters/dynamodb-ssh-key-repository.ts';
import { dynamoDbTable } from '../adapters/dynamodb-table.ts';
import { CLUSTER_LAUNCH_SETTINGS, emrClusterLaunch } from '../adapters/emr-cluster-launch.ts';
import { emrClusterDetails } from '../adapters/emr-cluster-details.ts';
import { emrClusterSessions } from '../adapters/emr-cluster-sessions.ts';
import { CLUSTER_NETWORK_SETTINGS, ec2ClusterNetwork } from '../adapters/ec2-cluster-network.ts';
import { absentEngine } from '../adapters/absent-engine.ts';
import { efsHomeDirectories, HOME_SETTINGS } from '../adapters/efs-home-directories.ts';
import { emrOnEc2 } from '../adapters/emr-on-ec2.ts';
import { absentSparkUi } from '../adapters/absent-spark-ui.ts';
import { clusterSparkUi } from '../adapters/cluster-spark-ui.ts';
import { BOOTSTRAP_LOG_SETTINGS, s3BootstrapLogs } from '../adapters/s3-bootstrap-logs.ts';
import { oidcIdentityProvider } from '../adapters/oidc-identity-provider.ts';
import { budgetCommitments } from '../access/budget-commitments.ts';
import { keptExpiring } from '../access/expiring-lists.ts';
import { foreseeBudget } from '../access/budget-of.ts';
import { chargedOwner } from '../access/charged-owner.ts';
import { currentBudgets } from '../access/current-budgets.ts';
import { ownActs } from '../access/own-acts.ts';
import { quotaReservations } from '../access/quota-reservations.ts';
import { resolvePerson } from '../access/resolve-person.ts';
import { sharing } from '../access/sharing.ts';
import { launchPause } from '../settings/launch-pause.ts';
import { readQuotaRules } from '../settings/quota-rules.ts';
import { settingsReaders } from '../settings/settings-readers.ts';
import { authenticateBy } from '../sign-in/authenticate.ts';
import { systemClock } from '../runtime/clock.ts';
import { readEnvironment } from '../runtime/environment.ts';
import { httpHandler } from '../runtime/http-handler.ts';
import { SIGN_IN_SETTINGS } from '../sign-in/sign-in-settings.ts';
import { newId, newRunToken, random } from '../runtime/tokens.ts';
import { pause } from '../workloads/retry-while-throttled.ts';
import { clusterLifecycle } from './cluster-lifecycle.ts';
import { clusterToView } from './cluster-view.ts';
import { connectCluster } from './connect-cluster.ts';
import { estimateCluster } from './estimate-cluster.ts';
import { extendCluster } from './extend-cluster.ts';
import { getClusterDefaults } from './get-cluster-defaults.ts';
import { getBootstrapLog } from './get-bootstrap-log.ts';
import { getClusterInstances, getClusterSteps } from './get-cluster-details.ts';
import { getClusterGrants } from './get-cluster-grants.ts';
import { getCluster } from './get-cluster.ts';
import { launchCluster } from './launch-cluster.ts';
import { listAllClusters } from './list-all-clusters.ts';
import { listClusters } from './list-clusters.ts';
import { listEmrReleases } from '../releases/list-emr-releases.ts';
import { pacedClusterDetails } from './paced-cluster-details.ts';
import { putClusterGrants } from './put-cluster-grants.ts';
import { openClusterSparkUi } from './open-cluster-spark-ui.ts';
import { terminateCluster } from './terminate-cluster.ts';
import { terminateClusters } from './terminate-clusters.ts';
import { transferCluster } from './transfer-cluster.ts';

const environment = readEnvironment([
  ...SIGN_IN_SETTINGS,
  ...CLUSTER_LAUNCH_SETTINGS,
  ...CLUSTER_NETWORK_SETTINGS,
  ...HOME_SETTINGS,
  ...CLUSTER_PRICE_SETTINGS,
  ...BOOTSTRAP_LOG_SETTINGS,
  'allowsSsh',
  'jupyterUrl',
  'table',
]);

const clock = systemClock;
const table = dynamoDbTable(environment.table);
const clusters = dynamoDbClusterRepository(table);
const grants = dynamoDbGrantRepository(table);
const people = dynamoDbPersonRepository(table);
const audit = dynamoDbAuditTrail(table);
const shared = sharing({ grants, people, clock });
const documents = dynamoDbDocuments(table);
const { settings, recentSettings } = settingsReaders({ environment, documents, clock });
const pauses = launchPause({ documents });
const quotaRules = readQuotaRules(documents);
const quotas = quotaReservations({ reservations: dynamoDbReservationRepository(table), quotaRules, clock });
const accounts = dynamoDbBudgetAccounts(table);
const limits = currentBudgets(documents);
const budgets = budgetCommitments({
  accounts,
  notices: dynamoDbBudgetNotices(table),
  budgets: limits,
  clock,
});
const sshKeys = dynamoDbSshKeyRepository(table);
const releases = dynamoDbEmrReleaseRepository(table);
const pricing = clusterPricing(environment);
const { allowsSsh, jupyterUrl } = environment;
const toView = clusterToView({ allowsSsh: allowsSsh === 'true', jupyterUrl });
const homes = efsHomeDirectories(environment, { clock, pause });
const clusterSessions = emrClusterSessions(environment.environment);
const engines = { cluster: emrOnEc2(environment.environment), serverless: absentEngine, connect: absentEngine };
const details = pacedClusterDetails(emrClusterDetails(), clock);
const lifecycle = clusterLifecycle({
  clusters,
  quotas,
  budgets,
  sshKeys,
  engines,
  network: ec2ClusterNetwork(environment, { pause }),
  homes,
  launches: { cluster: emrClusterLaunch(environment) },
  acts: ownActs({ audit, clock }),
  launchPause: pauses,
  clock,
  retryTiming: { pause, random },
  newRunToken,
});

export const handler = httpHandler(
  { ...clusterRoutes, ...clusterDetailRoutes, ...adminClusterRoutes },
  {
    listAllClusters: listAllClusters({ clusters, kept: keptExpiring(clusters, clock), toView }),
    terminateClusters: terminateClusters({ clusters, grants, lifecycle, engines, audit, clock }),
    listClusters: listClusters({ clusters, grants, toView }),
    getClusterDefaults: getClusterDefaults({ sshKeys, releases, settings, homes, random }),
    launchCluster: launchCluster({
      audit,
      clusters,
      quotas,
      budgets,
      sshKeys,
      releases,
      settings,
      quotaRules,
      launchPause: pauses,
      lifecycle,
      toView,
      clock,
      pricing,
      newId,
      newRunToken,
      launchSlots: dynamoDbLaunchSlots(table, clock),
      pause,
    }),
    getCluster: getCluster({ clusters, grants, toView }),
    extendCluster: extendCluster({
      clusters,
      grants,
      settings,
      quotaRules,
      toView,
      audit,
      clock,
      budgets,
      chargedOwner: chargedOwner({ people }),
    }),
    terminateCluster: terminateCluster({ clusters, grants, lifecycle, toView, audit, clock }),
    connectCluster: connectCluster({ clusters, grants, clusterSessions, audit, clock, newRunToken }),
    openClusterSparkUi: openClusterSparkUi({
      clusters,
      grants,
      audit,
      clock,
      sparkUis: { cluster: clusterSparkUi(table, clock), serverless: absentSparkUi, connect: absentSparkUi },
    }),
    getClusterSteps: getClusterSteps({ clusters, grants, details }),
    getClusterInstances: getClusterInstances({ clusters, grants, details }),
    getBootstrapLog: getBootstrapLog({ clusters, grants, bootstrapLogs: s3BootstrapLogs(environment) }),
    getClusterGrants: getClusterGrants({ clusters, grants, sharing: shared }),
    putClusterGrants: putClusterGrants({ clusters, grants, sharing: shared, audit, clock }),
    transferCluster: transferCluster({
      clusters,
      grants,
      clusterSessions,
      quotas,
      resolve: resolvePerson({ people }),
      audit,
      toView,
      clock,
    }),
    estimateCluster: estimateCluster({
      pricing,
      settings,
      foresee: foreseeBudget({ accounts, budgets: limits, clock }),
    }),
    listEmrReleases: listEmrReleases({ releases }),
  },
  {
    ...environment,
    authenticate: authenticateBy({ environment, provider: oidcIdentityProvider(environment), recentSettings, clock }),
  },
);
