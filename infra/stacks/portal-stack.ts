import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { AfterDeployment } from '../constructs/after-deployment.ts';
import { Alarms } from '../constructs/alarms.ts';
import { DeadLetterQueue } from '../constructs/dead-letter-queue.ts';
import type { EmrClusters } from '../constructs/emr-clusters.ts';
import { EmrServerless } from '../constructs/emr-serverless.ts';
import { EmrEvents } from '../constructs/emr-events.ts';
import type { FileBuckets } from '../constructs/file-buckets.ts';
import { JobSchedules } from '../constructs/job-schedules.ts';
import { Mail } from '../constructs/mail.ts';
import { PeriodicTasks } from '../constructs/periodic-tasks.ts';
import { PortalDashboard } from '../constructs/portal-dashboard.ts';
import { PortalFunctions } from '../constructs/portal-functions.ts';
import { PortalRoutes } from '../constructs/portal-routes.ts';
import type { PortalTable } from '../constructs/portal-table.ts';
import { RunRole } from '../constructs/run-role.ts';
import { RunJobWorkflow } from '../constructs/run-job-workflow.ts';
import { SignIn } from '../constructs/sign-in.ts';
import { release } from '../release.ts';
import { defaultSettings, type StageConfig } from '../stage-config.ts';

interface PortalStackProps extends StackProps {
  readonly config: StageConfig;
  readonly httpApi: HttpApi;
  readonly accessLog: ILogGroup;
  readonly portalUrl: string;
  /** What CloudFront sends along, and nobody else knows. */
  readonly originKey: string;
  readonly table: PortalTable;
  readonly files: FileBuckets;
  readonly clusters: EmrClusters;
  /** Null where the stage has no serverless engine. */
  readonly serverless: EmrServerless | null;
}

/** What happens: sign-in, functions, their routes and schedules, the run-job workflow, mails. */
export class PortalStack extends Stack {
  constructor(
    scope: Construct,
    id: string,
    {
      config,
      httpApi,
      accessLog,
      portalUrl,
      originKey,
      table,
      files,
      clusters,
      serverless,
      ...props
    }: PortalStackProps,
  ) {
    super(scope, id, props);
    const { environment } = config;
    // Apart: what upkeep missed, the next tick does; a job's missed start is somebody's late run.
    const undeliveredTicks = new DeadLetterQueue(this, 'UndeliveredTicks');
    const undeliveredRuns = new DeadLetterQueue(this, 'UndeliveredRuns');
    const signIn = new SignIn(this, 'SignIn', { config, portalUrl });
    const functions = new PortalFunctions(this, 'Functions', { config });
    const { runJob, upkeep } = functions;
    const { portal, 'ssh-keys': sshKeys, clusters: ofPeople, sessions, jobs, runs, people, admin } = functions.http;
    const workflow = new RunJobWorkflow(this, 'RunJob', { config, tasks: runJob });
    const schedules = new JobSchedules(this, 'JobSchedules', { environment, workflow, deadLetters: undeliveredRuns });
    const mail = new Mail(this, 'Mail', { config });

    for (const fn of Object.values(functions.http)) {
      signIn.configure(fn);
      fn.configure({ originKey });
    }
    for (const fn of [runJob, upkeep]) fn.configure({ publicUrl: portalUrl });
    upkeep.configure({ hourlyCostLimit: config.hourlyCostLimit === null ? '' : String(config.hourlyCostLimit) });
    for (const fn of [...Object.values(functions.http), runJob])
      fn.configure({ stageSettings: defaultSettings(config), companyDomain: config.companyDomain ?? '' });
    portal.configure(release());
    mail.configureSender(portal);

    table.grantPut(portal, ['person', 'group']);
    table.grantRead(people);
    table.grantReadWrite(admin, ['emrRelease']);
    // Versions of documents are added, never deleted.
    table.grantPut(admin, ['document', 'mail']);
    table.grantReadWrite(sshKeys, ['sshKey', 'reservations']);
    // The first request after a deployment writes the releases.
    table.grantReadWrite(ofPeople, ['cluster', 'clusterGrant', 'emrRelease', 'reservations']);
    table.grantReadWrite(sessions, ['session', 'sessionGrant', 'emrRelease', 'reservations']);
    table.grantReadWrite(jobs, ['sparkJob', 'sparkJobGrant', 'run', 'emrRelease', 'reservations']);
    for (const fn of [runs, runJob]) table.grantReadWrite(fn, ['sparkJob', 'run']);
    // No function may delete an entry.
    for (const fn of [sshKeys, ofPeople, sessions, jobs, runs, admin, runJob, upkeep]) table.grantAppend(fn, ['audit']);
    table.grantReadWrite(upkeep, ['cluster', 'session', 'sparkJob', 'run', 'reservations', 'group']);
    // Nobody but people shares anything.
    table.grantDelete(upkeep, ['clusterGrant', 'sessionGrant', 'sparkJobGrant']);
    signIn.grantListUsers(upkeep);
    table.grantPut(upkeep, ['upkeep', 'usage', 'usageDay', 'usageMonth', 'person', 'mail']);
    table.grantScanOutbox(upkeep);
    for (const fn of [ofPeople, sessions, jobs, runs, runJob, upkeep]) {
      table.grantUpdate(fn, ['budget']);
      table.grantPut(fn, ['budgetNotice']);
    }
    table.grantPut(runJob, ['mail']);

    for (const fn of [ofPeople, runJob]) table.grantUpdate(fn, ['launchSlots']);
    for (const fn of [ofPeople, upkeep]) clusters.grantLaunch(fn, 'cluster');
    for (const fn of [runJob, upkeep]) clusters.grantLaunch(fn, 'job');
    clusters.grantUnmountHomes(upkeep);
    clusters.grantProveCaller(runs);
    for (const fn of [ofPeople, jobs, runs, runJob, upkeep]) clusters.grantTerminate(fn);
    for (const fn of [runJob, upkeep]) clusters.grantDescribe(fn);
    for (const fn of [ofPeople, runs]) {
      clusters.grantSparkUis(fn);
      table.grantAppend(fn, ['sparkUi']);
    }
    clusters.grantConnect(ofPeople);
    clusters.grantList(upkeep);
    for (const fn of [sessions, jobs, runs]) clusters.configurePricing(fn);
    clusters.configureAccess(ofPeople);
    clusters.grantLookInside(ofPeople);
    for (const fn of [admin, sessions, jobs, runs, runJob, upkeep]) {
      if (serverless === null) EmrServerless.configureAbsence(fn);
      else serverless.configure(fn);
    }
    if (serverless !== null) {
      for (const fn of [jobs, runs, runJob, upkeep]) serverless.grantFollow(fn);
      serverless.grantSparkUisOfRuns(runs);
      serverless.grantSparkUisOfSessions(sessions);
      for (const fn of [runJob, upkeep]) {
        serverless.grantLaunch(fn);
        table.grantAppend(fn, ['serverlessApplication']);
      }
      for (const fn of [sessions, upkeep]) serverless.grantSessions(fn);
      table.grantAppend(sessions, ['serverlessApplication']);
      serverless.grantConnect(sessions);
    }

    files.grantManageNotebooks(jobs);
    files.grantReadRunFiles(runs);
    files.grantReadBootstrapLogs(ofPeople);
    new RunRole(this, 'RunRole', { config, issuer: runs });
    for (const fn of [jobs, upkeep]) files.grantWithdrawResults(fn);
    for (const fn of [runJob, upkeep]) {
      files.grantReadOutcomes(fn);
      files.grantWriteParameters(fn);
      mail.grantSend(fn);
    }
    for (const fn of [jobs, runJob, upkeep]) schedules.grantManage(fn);
    schedules.grantList(upkeep);
    for (const fn of [jobs, runs, upkeep]) workflow.grantStart(fn);
    for (const fn of [jobs, runs, runJob, upkeep]) workflow.grantCompleteWait(fn);

    new PortalRoutes(this, 'Routes', { httpApi, functions: functions.http });
    const periodic = new PeriodicTasks(this, 'Periodic', { environment, upkeep, deadLetters: undeliveredTicks });
    mail.reportTo(upkeep, undeliveredTicks);
    new EmrEvents(this, 'EmrEvents', {
      environment,
      upkeep,
      deadLetters: undeliveredTicks,
      hasServerless: serverless !== null,
    });
    new AfterDeployment(this, 'AfterDeployment', { environment, upkeep, deadLetters: undeliveredTicks });
    const watched = {
      config,
      httpApi,
      upkeep,
      stateMachine: workflow.stateMachine,
      clock: periodic.scheduleGroup,
      undeliveredTicks,
      undeliveredRuns,
    };
    new Alarms(this, 'Alarms', watched);
    new PortalDashboard(this, 'Dashboard', { ...watched, accessLog });
    new CfnOutput(this, 'UserPoolId', {
      value: signIn.userPool.userPoolId,
      description: 'Where people and groups are kept',
    });
  }
}
