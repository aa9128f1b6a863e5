import type { RouteName } from '../../shared/contract/api.ts';
import type { ObjectKind, ObjectPermission } from '../../shared/domain/access.ts';

/** The objects of the walk that a request may need. */
export interface Fixtures {
  readonly grants: readonly { readonly to: string; readonly level: 'view' | 'manage' }[];
}

interface ObjectRule {
  readonly who: 'by permission';
  readonly object: Exclude<ObjectKind, 'deletedSparkJob'>;
  readonly needs: ObjectPermission;
  /** A valid body, where the route has one: refused input is answered before permissions are. */
  readonly body?: (fixtures: Fixtures) => unknown;
  /** The request ends the object: each permitted person gets one of their own to end. */
  readonly endsIt?: true;
}

/** `their own`: the route names something that exists for the person who made it alone. */
export type Rule = { readonly who: 'anyone' | 'everyone signed in' | 'admins' | 'their own' } | ObjectRule;

const anyone: Rule = { who: 'anyone' };
const signedIn: Rule = { who: 'everyone signed in' };
const admins: Rule = { who: 'admins' };
const own: Rule = { who: 'their own' };

const on = (
  object: ObjectRule['object'],
  needs: ObjectPermission,
  more: Pick<ObjectRule, 'body' | 'endsIt'> = {},
): Rule => ({ who: 'by permission', object, needs, ...more });

const toSameAsBefore = { body: ({ grants }: Fixtures) => ({ grants }) };

/** Who may call each route. A route that is not here does not compile. */
export const RULES: Readonly<Record<RouteName, Rule>> = {
  signIn: anyone,
  completeSignIn: anyone,
  signOut: anyone,
  getMe: signedIn,
  getMyUsage: signedIn,
  getNews: signedIn,
  seeNews: signedIn,
  reportBrowserError: anyone,
  reportCspViolations: anyone,
  getOpenApi: anyone,
  getVersion: anyone,
  getHeartbeat: anyone,
  getLoadBalancerHeartbeat: anyone,

  listSshKeys: signedIn,
  addSshKey: signedIn,
  getSshKey: on('sshKey', 'view'),
  getRawSshKey: on('sshKey', 'view'),
  deleteSshKey: on('sshKey', 'manage', { endsIt: true }),

  listClusters: signedIn,
  getClusterDefaults: signedIn,
  launchCluster: signedIn,
  estimateCluster: signedIn,
  listEmrReleases: signedIn,
  getCluster: on('cluster', 'view'),
  connectCluster: on('cluster', 'connect'),
  openClusterSparkUi: on('cluster', 'view'),
  getClusterSteps: on('cluster', 'view'),
  getClusterInstances: on('cluster', 'view'),
  getBootstrapLog: on('cluster', 'view'),
  getClusterGrants: on('cluster', 'view'),
  putClusterGrants: on('cluster', 'share', toSameAsBefore),
  extendCluster: on('cluster', 'manage', { body: () => ({ hours: 2 }) }),
  terminateCluster: on('cluster', 'manage'),

  listSessions: signedIn,
  getSessionDefaults: signedIn,
  startSession: signedIn,
  estimateSession: signedIn,
  getSession: on('session', 'view'),
  connectSession: on('session', 'connect'),
  openSessionSparkUi: on('session', 'view'),
  getSessionGrants: on('session', 'view'),
  putSessionGrants: on('session', 'share', {
    body: ({ grants }) => ({ grants: grants.map(({ to }) => ({ to, level: 'view' })) }),
  }),
  extendSession: on('session', 'manage', { body: () => ({ hours: 2 }) }),
  terminateSession: on('session', 'manage'),

  createNotebookUpload: signedIn,
  checkNotebookUpload: own,
  listSparkJobs: signedIn,
  listDeletedSparkJobs: signedIn,
  getSparkJobDefaults: signedIn,
  checkSparkJobIdentifier: signedIn,
  estimateSparkJob: signedIn,
  previewSchedule: signedIn,
  createSparkJob: signedIn,
  getSparkJob: on('sparkJob', 'view'),
  getNotebook: on('sparkJob', 'view'),
  getSparkJobGrants: on('sparkJob', 'view'),
  putSparkJobGrants: on('sparkJob', 'share', toSameAsBefore),
  updateSparkJob: on('sparkJob', 'manage', { body: () => ({ description: 'Changed by the walk' }) }),
  deleteSparkJob: on('sparkJob', 'manage', { endsIt: true }),

  runSparkJob: on('sparkJob', 'run', { body: () => ({}) }),
  listRuns: on('sparkJob', 'view'),
  listOccurrences: on('sparkJob', 'view'),
  getRun: on('sparkJob', 'view'),
  openRunSparkUi: on('sparkJob', 'view'),
  listResults: on('sparkJob', 'view'),
  listLogs: on('sparkJob', 'view'),
  getFailure: on('sparkJob', 'view'),
  getProgress: on('sparkJob', 'view'),
  terminateRun: on('sparkJob', 'manage'),
  issueRunCredentials: anyone,

  findPeople: signedIn,

  listUpkeep: admins,
  listAlerts: admins,
  resendAlert: admins,
  listAudit: admins,
  getOverview: admins,
  listAllEmrReleases: admins,
  putEmrRelease: admins,
  deleteEmrRelease: admins,
  listAllSessions: admins,
  terminateSessions: admins,
  listAllClusters: admins,
  terminateClusters: admins,
  listAllSparkJobs: admins,
  enableSparkJobs: admins,
  disableSparkJobs: admins,
  runSparkJobs: admins,
  listAllSshKeys: admins,
  getUsage: admins,
  listDocumentVersions: admins,
  getQuotas: admins,
  putQuotas: admins,
  getLaunches: admins,
  setLaunches: admins,
  getBudgets: admins,
  putBudgets: admins,
  overrideBudget: admins,
  getAnnouncement: admins,
  putAnnouncement: admins,
  getSettings: admins,
  putSettings: admins,
  listPeople: admins,
  transferCluster: admins,
  transferSparkJob: admins,
};
