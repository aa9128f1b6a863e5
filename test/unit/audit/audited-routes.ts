import { resolvePerson } from '../../../functions/access/resolve-person.ts';
import { sharing } from '../../../functions/access/sharing.ts';
import { sshpkPublicKeyParser } from '../../../functions/adapters/sshpk-public-key-parser.ts';
import { resendAlert } from '../../../functions/admin/alerts.ts';
import { adminEmrReleases } from '../../../functions/admin/emr-releases.ts';
import { putAnnouncement } from '../../../functions/admin/announcement.ts';
import { adminBudgets } from '../../../functions/admin/budgets.ts';
import { changeDocument } from '../../../functions/admin/change-document.ts';
import { setLaunches } from '../../../functions/admin/launches.ts';
import { putQuotas } from '../../../functions/admin/quotas.ts';
import { putSettings } from '../../../functions/admin/settings.ts';
import { clusterToView } from '../../../functions/clusters/cluster-view.ts';
import { connectCluster } from '../../../functions/clusters/connect-cluster.ts';
import { extendCluster } from '../../../functions/clusters/extend-cluster.ts';
import { launchCluster } from '../../../functions/clusters/launch-cluster.ts';
import { openClusterSparkUi } from '../../../functions/clusters/open-cluster-spark-ui.ts';
import { putClusterGrants } from '../../../functions/clusters/put-cluster-grants.ts';
import { terminateClusters } from '../../../functions/clusters/terminate-clusters.ts';
import { terminateCluster } from '../../../functions/clusters/terminate-cluster.ts';
import { transferCluster } from '../../../functions/clusters/transfer-cluster.ts';
import { createSparkJob } from '../../../functions/jobs/create-spark-job.ts';
import { deleteSparkJob } from '../../../functions/jobs/delete-spark-job.ts';
import { putSparkJobGrants } from '../../../functions/jobs/put-spark-job-grants.ts';
import { transferSparkJob } from '../../../functions/jobs/transfer-spark-job.ts';
import { switchSparkJobs } from '../../../functions/jobs/switch-spark-jobs.ts';
import { updateSparkJob } from '../../../functions/jobs/update-spark-job.ts';
import { withdrawResults } from '../../../functions/jobs/withdraw-results.ts';
import { runSparkJobs } from '../../../functions/runs/run-spark-jobs.ts';
import { runSparkJob } from '../../../functions/runs/run-spark-job.ts';
import { openRunSparkUi } from '../../../functions/runs/open-run-spark-ui.ts';
import { terminateRun } from '../../../functions/runs/terminate-run.ts';
import { connectSession } from '../../../functions/sessions/connect-session.ts';
import { extendSession } from '../../../functions/sessions/extend-session.ts';
import { openSessionSparkUi } from '../../../functions/sessions/open-session-spark-ui.ts';
import { putSessionGrants } from '../../../functions/sessions/session-grants.ts';
import { startSession } from '../../../functions/sessions/start-session.ts';
import { terminateSession, terminateSessions } from '../../../functions/sessions/terminate-session.ts';
import { addSshKey } from '../../../functions/ssh-keys/add-ssh-key.ts';
import { deleteSshKey } from '../../../functions/ssh-keys/delete-ssh-key.ts';
import type { RouteName, Routes } from '../../../shared/contract/api.ts';
import type { AuditAction } from '../../../shared/domain/audit.ts';
import { NO_ANNOUNCEMENT } from '../../../shared/domain/announcement.ts';
import { failed, newMailRecord } from '../../../shared/domain/mail-record.ts';
import { firstSeen } from '../../../shared/domain/person.ts';
import { DEFAULT_QUOTA_RULES } from '../../../shared/domain/quota.ts';
import { PRICING } from '../../fakes/pricing.ts';
import { ADMIN, ALICE, at, BOB, readyCluster } from '../../fakes/cluster.ts';
import { readySession } from '../../fakes/session.ts';
import { SSH_KEY } from '../../fakes/emr-launch.ts';
import { fakeClusterSessions } from '../../fakes/fake-cluster-sessions.ts';
import { fakeEmrReleaseRepository } from '../../fakes/fake-emr-release-repository.ts';
import { fakeMailRecords } from '../../fakes/fake-mail-records.ts';
import { fakePersonRepository } from '../../fakes/fake-person-repository.ts';
import { fakeResultFiles } from '../../fakes/fake-result-files.ts';
import { fakeSparkUis } from '../../fakes/fake-spark-uis.ts';
import { readFake, STAGE_SETTINGS } from '../../fakes/settings.ts';
import { finishedJob, JOB_REQUEST, runningJob, runOf, sparkJob } from '../../fakes/spark-job.ts';
import { upkeepWorld } from '../../fakes/upkeep-world.ts';
import { PUBLIC_KEYS } from '../ssh-keys/public-keys.ts';

const JUPYTER = JSON.stringify({ nbformat: 4, cells: [{ cell_type: 'code', source: 'print(1)' }] });

const MAIL = {
  id: 'm1',
  kind: 'cluster-expires-soon',
  to: ALICE.email,
  since: at('06:00:00'),
  values: { clusterId: 'c1', identifier: 'x', expiresAt: at('07:00:00') },
} as const;

/** A cluster that has a session. */
const CONNECTED = {
  id: 'c2',
  emrId: 'j-2',
  emrRelease: 'spark-8.0.0',
  session: { token: 'token00001', ownerId: ALICE.id, sessionId: 'is-1' },
} as const;

/** Alice's clusters, running job, idle job and key, and every port that a request can change something through. */
export const auditedWorld = async () => {
  const idle = finishedJob({ id: 'job-2', identifier: 'idle', resultVisibility: 'public' });
  const world = upkeepWorld({
    clusters: [readyCluster(), readyCluster(CONNECTED)],
    sessions: [readySession()],
    jobs: [runningJob(), idle, sparkJob({ id: 'job-3', identifier: 'off', isEnabled: false })],
  });
  world.put('j-1', { state: 'WAITING' });
  world.put('00app/00session', { name: 'atmo-test-session-alice-x-0123456789', state: 'IDLE' });
  await world.setBudgets({ eachPerson: 100_000 });
  world.store.upload(ALICE.id, 'up-1', 'report.ipynb', JUPYTER);
  const { clock, store, schedules: ofSchedules, workflow, grants, reservations } = world;
  const people = fakePersonRepository(...[ALICE, BOB].map((person) => firstSeen(person, at('06:00:00'))));
  const { resultFiles } = fakeResultFiles();
  const results = withdrawResults({ ...world, resultFiles });
  const records = fakeMailRecords(failed(newMailRecord('mail-1', MAIL), 'refused', at('06:00:00')));
  const releases = fakeEmrReleaseRepository();
  const { sparkUis } = fakeSparkUis(clock);
  const { clusterSessions, put: putClusterSession } = fakeClusterSessions(clock);
  putClusterSession('is-1', 'IDLE');
  let ids = 0;
  const deps = {
    ...world,
    people,
    records,
    results,
    withdrawal: results,
    notebooks: store.notebooks,
    schedules: ofSchedules.schedules,
    executions: workflow.executions,
    releases,
    sparkUis,
    clusterSessions,
    settings: readFake(),
    sharing: sharing({ grants, people, clock }),
    resolve: resolvePerson({ people }),
    toView: clusterToView({ allowsSsh: true, jupyterUrl: 'http://localhost:8888' }),
    parsePublicKey: sshpkPublicKeyParser,
    pause: async () => undefined,
    newId: () => `new-${(ids += 1)}`,
    connections: { mint: async () => ({ endpoint: 'https://host', token: 'canary-token', expiresAt: at('08:00:00') }) },
    changeDocument: changeDocument(world),
  };
  /** What holds state, or is AWS; the audit trail is apart. */
  const ports = {
    budgetAccounts: world.budgetAccounts,
    budgetNotices: world.budgetNotices,
    clusters: world.clusters,
    documents: world.documents,
    sessions: world.sessions,
    clusterSessions,
    connections: deps.connections,
    emr: world.engines.cluster,
    executions: workflow.executions,
    grants,
    history: world.history,
    identifiers: world.identifiers,
    jobs: world.jobs,
    launchSlots: world.launchSlots,
    network: world.network,
    notebooks: store.notebooks,
    people,
    records,
    releases,
    reservations,
    resultFiles,
    schedules: ofSchedules.schedules,
    sparkUiOfClusters: sparkUis.cluster,
    sparkUiOfSessions: sparkUis.connect,
    sshKeys: world.sshKeys,
  };
  return { deps, ports, audit: world.audit };
};

const budgets = (deps: Deps) => adminBudgets({ ...deps, accounts: deps.budgetAccounts });

type Deps = Awaited<ReturnType<typeof auditedWorld>>['deps'];

interface AuditedRoute {
  readonly action: AuditAction;
  readonly call: (deps: Deps) => Promise<unknown>;
}

/** Why a route that is no GET leaves nothing to record. */
interface UnauditedRoute {
  readonly because: string;
}

type ChangingRoute = { [Name in RouteName]: Routes[Name]['method'] extends 'GET' ? never : Name }[RouteName];

const GRANTS = [{ to: 'user:bob', level: 'view' as const }];
const COMPUTES: UnauditedRoute = { because: 'computes an answer and writes nothing' };

/** What each route that is no GET records. A route that is not here does not compile. */
export const AUDITED_ROUTES: Readonly<Record<Exclude<ChangingRoute, BulkName>, AuditedRoute | UnauditedRoute>> = {
  seeNews: { because: 'a mark of the person’s own, which nobody else sees' },
  reportBrowserError: { because: 'a line of the log' },
  reportCspViolations: { because: 'lines of the log' },
  signOut: { because: 'ends the session of the caller alone, at the identity provider' },
  estimateCluster: COMPUTES,
  estimateSession: COMPUTES,
  estimateSparkJob: COMPUTES,
  previewSchedule: COMPUTES,
  checkNotebookUpload: COMPUTES,
  createNotebookUpload: { because: 'signs a form; the upload becomes part of a job by a request that is recorded' },
  issueRunCredentials: { because: 'is called by a run, every hour, and not by a person' },

  addSshKey: {
    action: 'ssh-key.add',
    call: (deps) => addSshKey(deps)({ title: 'desktop', key: PUBLIC_KEYS[2].line }, ALICE),
  },
  deleteSshKey: { action: 'ssh-key.delete', call: (deps) => deleteSshKey(deps)({ id: SSH_KEY.id }, ALICE) },

  launchCluster: {
    action: 'cluster.launch',
    call: (deps) =>
      launchCluster({ ...deps, lifecycle: deps.ofClusters, pricing: PRICING })(
        { identifier: 'new', size: 1, lifetime: 8, sshKeyId: SSH_KEY.id, emrRelease: '7.10.0', idleHours: null },
        ALICE,
      ),
  },
  extendCluster: { action: 'cluster.extend', call: (deps) => extendCluster(deps)({ id: 'c1', hours: 2 }, ALICE) },
  terminateCluster: {
    action: 'cluster.terminate',
    call: (deps) => terminateCluster({ ...deps, lifecycle: deps.ofClusters })({ id: 'c1' }, ALICE),
  },
  connectCluster: { action: 'cluster.connect', call: (deps) => connectCluster(deps)({ id: 'c2' }, ALICE) },
  openClusterSparkUi: {
    action: 'cluster.open-spark-ui',
    call: (deps) => openClusterSparkUi(deps)({ id: 'c1' }, ALICE),
  },
  putClusterGrants: {
    action: 'cluster.share',
    call: (deps) => putClusterGrants(deps)({ id: 'c1', grants: GRANTS }, ALICE),
  },
  transferCluster: {
    action: 'cluster.transfer',
    call: (deps) => transferCluster(deps)({ id: 'c1', owner: 'bob' }, ADMIN),
  },

  startSession: {
    action: 'session.launch',
    call: (deps) =>
      startSession({ ...deps, lifecycle: deps.ofSessions })(
        { name: 'new', size: 1, lifetime: 8, idleMinutes: 30, emrRelease: '7.13.0' },
        ALICE,
      ),
  },
  connectSession: {
    action: 'session.connect',
    call: (deps) => connectSession({ ...deps, look: async (session) => session })({ id: 's1' }, ALICE),
  },
  openSessionSparkUi: {
    action: 'session.open-spark-ui',
    call: (deps) => openSessionSparkUi({ ...deps, look: async (session) => session })({ id: 's1' }, ALICE),
  },
  extendSession: { action: 'session.extend', call: (deps) => extendSession(deps)({ id: 's1', hours: 2 }, ALICE) },
  terminateSession: {
    action: 'session.terminate',
    call: (deps) => terminateSession({ ...deps, lifecycle: deps.ofSessions })({ id: 's1' }, ALICE),
  },
  putSessionGrants: {
    action: 'session.share',
    call: (deps) => putSessionGrants(deps)({ id: 's1', grants: GRANTS }, ALICE),
  },

  createSparkJob: {
    action: 'spark-job.create',
    call: (deps) => createSparkJob(deps)({ ...JOB_REQUEST, identifier: 'another', notebookUploadId: 'up-1' }, ALICE),
  },
  updateSparkJob: {
    action: 'spark-job.edit',
    call: (deps) =>
      updateSparkJob(deps)(
        { ...JOB_REQUEST, identifier: 'idle', size: 9, resultVisibility: 'private', notebookUploadId: 'up-1' },
        ALICE,
      ),
  },
  deleteSparkJob: {
    action: 'spark-job.delete',
    call: (deps) => deleteSparkJob(deps)({ identifier: 'daily-report', results: 'remove' }, ALICE),
  },
  putSparkJobGrants: {
    action: 'spark-job.share',
    call: (deps) => putSparkJobGrants(deps)({ identifier: 'idle', grants: GRANTS }, ALICE),
  },
  transferSparkJob: {
    action: 'spark-job.transfer',
    call: (deps) => transferSparkJob(deps)({ identifier: 'idle', owner: 'bob' }, ADMIN),
  },
  runSparkJob: {
    action: 'spark-job.run',
    call: (deps) => runSparkJob(deps)({ identifier: 'idle', parameters: { token: 'hidden' } }, ALICE),
  },
  openRunSparkUi: {
    action: 'run.open-spark-ui',
    call: (deps) => openRunSparkUi(deps)({ identifier: 'daily-report', runId: runOf(runningJob()).id }, ALICE),
  },
  terminateRun: {
    action: 'run.terminate',
    call: (deps) => terminateRun(deps)({ identifier: 'daily-report', runId: runOf(runningJob()).id }, ALICE),
  },

  putAnnouncement: {
    action: 'announcement.change',
    call: (deps) => putAnnouncement(deps)({ ...NO_ANNOUNCEMENT, title: 'Maintenance', version: 0 }, ADMIN),
  },
  putSettings: {
    action: 'settings.change',
    call: (deps) =>
      putSettings({ ...deps, ofStage: STAGE_SETTINGS })({ ...STAGE_SETTINGS, version: 0 } as never, ADMIN),
  },
  setLaunches: {
    action: 'launches.pause',
    call: (deps) => setLaunches(deps)({ isPaused: true, reason: 'An incident', version: 0 }, ADMIN),
  },
  putQuotas: {
    action: 'quotas.change',
    call: (deps) => putQuotas(deps)({ ...DEFAULT_QUOTA_RULES, people: {}, version: 0 }, ADMIN),
  },
  putBudgets: {
    action: 'budgets.change',
    call: (deps) =>
      budgets(deps).putBudgets({ everyone: 1000, eachPerson: null, groups: {}, people: {}, version: 1 }, ADMIN),
  },
  overrideBudget: {
    action: 'budgets.change',
    call: (deps) => budgets(deps).overrideBudget({ username: 'alice', limit: 500, reason: 'A deadline' }, ADMIN),
  },
  resendAlert: { action: 'mail.resend', call: (deps) => resendAlert(deps)({ id: 'mail-1' }, ADMIN) },

  putEmrRelease: {
    action: 'emr-release.save',
    call: (deps) =>
      adminEmrReleases(deps).putEmrRelease(
        {
          version: '7.14.0',
          changelogUrl: 'https://example.com',
          helpText: '',
          isActive: true,
          isExperimental: false,
          isDeprecated: false,
        },
        ADMIN,
      ),
  },
  deleteEmrRelease: {
    action: 'emr-release.delete',
    call: (deps) => adminEmrReleases(deps).deleteEmrRelease({ version: '7.12.0' }, ADMIN),
  },
};

interface BulkRoute extends AuditedRoute {
  readonly call: (deps: Deps) => Promise<{ readonly results: readonly { readonly ok: boolean }[] }>;
}

type BulkName = 'terminateClusters' | 'terminateSessions' | 'runSparkJobs' | 'enableSparkJobs' | 'disableSparkJobs';

/** Bulk actions answer for each object: where one cannot be recorded, its result says so. */
export const BULK_ROUTES: Readonly<Record<BulkName, BulkRoute>> = {
  terminateClusters: {
    action: 'cluster.terminate',
    call: (deps) => terminateClusters({ ...deps, lifecycle: deps.ofClusters })({ ids: ['c1'] }, ADMIN),
  },
  terminateSessions: {
    action: 'session.terminate',
    call: (deps) => terminateSessions({ ...deps, lifecycle: deps.ofSessions })({ ids: ['s1'] }, ADMIN),
  },
  runSparkJobs: {
    action: 'spark-job.run',
    call: (deps) => runSparkJobs({ run: runSparkJob(deps), clock: deps.clock })({ ids: ['idle'] }, ADMIN),
  },
  enableSparkJobs: {
    action: 'spark-job.enable',
    call: (deps) => switchSparkJobs(true)(deps)({ ids: ['off'] }, ADMIN),
  },
  disableSparkJobs: {
    action: 'spark-job.disable',
    call: (deps) => switchSparkJobs(false)(deps)({ ids: ['idle'] }, ADMIN),
  },
};
