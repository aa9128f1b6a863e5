import { LaunchUncertain } from '../../shared/domain/errors.ts';
import type { ClusterLaunch, RunLaunch } from '../../functions/ports/emr-engine.ts';
import type { BudgetAccounts } from '../../functions/ports/budget-accounts.ts';
import type { DocumentName, DocumentVersion } from '../../shared/domain/document.ts';
import type { Clock } from '../../functions/runtime/clock.ts';
import type { Run } from '../../shared/domain/run.ts';
import type { Session } from '../../shared/domain/session.ts';
import { systemClock } from '../../functions/runtime/clock.ts';
import { fakeAuditTrail } from '../fakes/fake-audit-trail.ts';
import { fakeBudgetAccounts } from '../fakes/fake-budget-accounts.ts';
import { fakeBudgetNotices } from '../fakes/fake-budget-notices.ts';
import { fakeClusterNetwork } from '../fakes/fake-cluster-network.ts';
import { fakeDocuments } from '../fakes/fake-documents.ts';
import { fakeEmrReleaseRepository } from '../fakes/fake-emr-release-repository.ts';
import { fakeGrantRepository } from '../fakes/fake-grant-repository.ts';
import { fakeHomeDirectories } from '../fakes/fake-home-directories.ts';
import { fakeJobIdentifiers } from '../fakes/fake-job-identifiers.ts';
import { fakeNotebookStore, fakeRunFiles } from '../fakes/fake-job-services.ts';
import { fakeLaunchSlots } from '../fakes/fake-launch-slots.ts';
import { fakeMailRecords } from '../fakes/fake-mail-records.ts';
import { fakeOutboxes } from '../fakes/fake-outboxes.ts';
import { fakePersonRepository } from '../fakes/fake-person-repository.ts';
import { fakeReservationRepository } from '../fakes/fake-reservation-repository.ts';
import { fakeResultFiles } from '../fakes/fake-result-files.ts';
import { fakeSshKeyRepository } from '../fakes/fake-ssh-key-repository.ts';
import { fakeUpkeepRecords } from '../fakes/fake-upkeep-records.ts';
import { fakeUsageRepository } from '../fakes/fake-usage-repository.ts';
import { fakeUsageSums } from '../fakes/fake-usage-sums.ts';
import { fakeUserDirectory } from '../fakes/fake-user-directory.ts';
import type { AuditChecks } from './audit-checks.ts';
import type { AdapterTable } from './adapter-table.ts';
import type { SimulatedEmr } from './emr.ts';
import type { FaultLayer } from './fault-layer.ts';
import type { Service } from './fault-plan.ts';
import type { JobScheduler } from './job-scheduler.ts';
import { countedLaunches } from './launch-counts.ts';
import type { Ledger } from './ledger.ts';
import { PEOPLE, SSH_KEYS } from './people.ts';
import type { Tables } from './tables.ts';
import type { WorkflowExecutions } from '../../functions/ports/workflow-executions.ts';

interface Surroundings {
  readonly faulty: FaultLayer;
  readonly tables: Tables;
  readonly emr: SimulatedEmr;
  readonly scheduler: JobScheduler;
  readonly executions: WorkflowExecutions;
  readonly ledger: Ledger;
  readonly audit: Pick<AuditChecks, 'began'>;
  readonly accounts: BudgetAccounts;
}

/** What needs no watching, as the unit tests have it. */
export const quietPorts = (documents: readonly DocumentVersion<DocumentName>[], clock: Clock = systemClock) => ({
  audit: fakeAuditTrail(),
  accounts: fakeBudgetAccounts(),
  notices: fakeBudgetNotices(),
  network: fakeClusterNetwork(),
  documents: fakeDocuments(...documents),
  releases: fakeEmrReleaseRepository(),
  grants: fakeGrantRepository(),
  homes: fakeHomeDirectories(clock),
  identifiers: fakeJobIdentifiers(),
  notebooks: fakeNotebookStore(),
  files: fakeRunFiles(),
  launchSlots: fakeLaunchSlots(clock),
  mailRecords: fakeMailRecords(),
  people: fakePersonRepository(...PEOPLE),
  reservations: fakeReservationRepository(),
  resultFiles: fakeResultFiles(),
  sshKeys: fakeSshKeyRepository(...SSH_KEYS),
  upkeepRecords: fakeUpkeepRecords(),
  usage: fakeUsageRepository(),
  usageSums: fakeUsageSums(),
  directory: fakeUserDirectory(...PEOPLE.map(({ id }) => id)),
});

export type QuietPorts = ReturnType<typeof quietPorts>;

/** Of launches more answers are lost than of other calls: they are what must not be repeated blindly. */
const LAUNCHES_LOST = 0.1;

/** RunJobFlow tells nobody whether a failed call launched something. */
const uncertain = (message: string): Error => new LaunchUncertain(message);

/** Every adapter that the functions are wired with, as a port of the simulation behind the layer of faults. */
export const adapterTable = (quiet: QuietPorts, around: Surroundings): AdapterTable => {
  const { faulty, tables, emr, scheduler, executions, ledger } = around;
  const counted = countedLaunches(ledger.launchesByEngine, ledger.violated);
  const known = <Port extends object>(service: Service, name: string, port: Port) => {
    const behind = faulty(port, { service, name });
    return () => behind;
  };
  const launchRun = (run: Run, engine: 'cluster' | 'serverless'): string => {
    const { owner: username, jobIdentifier: identifier, workload } = run;
    const emrId = emr.launch({ engine, kind: 'job', username, identifier, runToken: workload.runToken });
    ledger.launched(run, emrId);
    return emrId;
  };
  const launchCluster = async ({ cluster }: ClusterLaunch): Promise<string> => {
    const { owner: username, identifier, workload } = cluster;
    around.audit.began('cluster', cluster.id);
    return emr.launch({ engine: 'cluster', kind: 'cluster', username, identifier, runToken: workload.runToken });
  };
  const launchSession = async ({ id, owner: username, name, workload }: Session): Promise<string> => {
    around.audit.began('session', id);
    return emr.launch({ engine: 'connect', kind: 'session', username, identifier: name, runToken: workload.runToken });
  };
  const launching = { service: 'emr', loses: LAUNCHES_LOST } as const;
  const onCluster = { ...launching, lost: uncertain };
  const launches = {
    cluster: counted('cluster', faulty(launchCluster, { ...onCluster, name: 'launchCluster' })),
    session: counted('connect', faulty(launchSession, { ...launching, name: 'startSession' })),
    runs: {
      cluster: counted(
        'cluster',
        faulty(async ({ run }: RunLaunch) => launchRun(run, 'cluster'), { ...onCluster, name: 'launchRun' }),
      ),
      serverless: counted(
        'serverless',
        faulty(async (run: Run) => launchRun(run, 'serverless'), { ...launching, name: 'startJobRun' }),
      ),
    },
  };
  const engines = {
    cluster: faulty(emr.engines.cluster, { service: 'emr', name: 'clusters' }),
    serverless: faulty(emr.engines.serverless, { service: 'emr', name: 'jobRuns' }),
    connect: faulty(emr.engines.connect, { service: 'emr', name: 'sessions' }),
  };
  const outboxes = fakeOutboxes(
    tables.clusters,
    tables.sessions,
    tables.jobs,
    quiet.people,
    quiet.notices.notices,
    quiet.mailRecords,
  );
  const nothing = () => ({});
  return {
    dynamoDbTable: nothing,
    s3Client: nothing,
    emrServerlessClient: nothing,
    clusterSparkUi: nothing,
    emrClusterDetails: nothing,
    s3BootstrapLogs: nothing,
    emrServerlessSparkUi: nothing,
    stsRunCredentials: nothing,
    stsCallerProofs: nothing,
    emrServerlessSessionConnections: nothing,
    emrClusterSessions: nothing,
    dynamoDbAuditTrail: known('table', 'audit', quiet.audit),
    dynamoDbBudgetAccounts: known('table', 'accounts', around.accounts),
    dynamoDbBudgetNotices: known('table', 'notices', quiet.notices.notices),
    dynamoDbClusterRepository: known('table', 'clusters', tables.clusters),
    dynamoDbDocuments: known('table', 'documents', quiet.documents),
    dynamoDbEmrReleaseRepository: known('table', 'releases', quiet.releases),
    dynamoDbGrantRepository: known('table', 'grants', quiet.grants),
    dynamoDbJobIdentifiers: known('table', 'identifiers', quiet.identifiers),
    dynamoDbLaunchSlots: known('table', 'launchSlots', quiet.launchSlots),
    dynamoDbMailRecords: known('table', 'mailRecords', quiet.mailRecords),
    dynamoDbOutboxes: known('table', 'outboxes', outboxes),
    dynamoDbPersonRepository: known('table', 'people', quiet.people),
    dynamoDbReservationRepository: known('table', 'reservations', quiet.reservations),
    dynamoDbRunRepository: known('table', 'history', tables.history),
    dynamoDbSessionRepository: known('table', 'sessions', tables.sessions),
    dynamoDbSparkJobRepository: known('table', 'jobs', tables.jobs),
    dynamoDbSshKeyRepository: known('table', 'sshKeys', quiet.sshKeys),
    dynamoDbUpkeepRecords: known('table', 'upkeepRecords', quiet.upkeepRecords),
    dynamoDbUsageRepository: known('table', 'usage', quiet.usage),
    dynamoDbUsageSums: known('table', 'usageSums', quiet.usageSums),
    cognitoUserDirectory: known('network', 'directory', quiet.directory.directory),
    ec2ClusterNetwork: known('network', 'network', quiet.network),
    efsHomeDirectories: known('network', 'homes', quiet.homes),
    emrClusterLaunch: () => launches.cluster,
    emrRunLaunches: () => launches.runs,
    emrSessionLaunches: () => ({ connect: launches.session }),
    emrEngines: () => engines,
    emrOnEc2: () => engines.cluster,
    sessionEngine: () => engines.connect,
    oidcIdentityProvider: nothing,
    s3NotebookStore: known('files', 'notebooks', quiet.notebooks.notebooks),
    s3ResultFiles: known('files', 'resultFiles', quiet.resultFiles.resultFiles),
    s3RunFiles: known('files', 'runFiles', quiet.files.files),
    s3RunOutcomes: known('files', 'runOutcomes', quiet.files.files),
    s3RunParameters: known('files', 'runParameters', quiet.files.parameters),
    schedulerJobSchedules: known('scheduler', 'schedules', scheduler.schedules),
    sesMailSender: known('mail', 'mail', ledger.mailSender),
    sfnWorkflowExecutions: known('workflow', 'executions', executions),
  };
};
