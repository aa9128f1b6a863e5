import path from 'node:path';

import { S3Client } from '@aws-sdk/client-s3';

import type { Activity } from './activity.ts';
import { asyncInvoker } from './async-invoke.ts';
import { closeLabOfEnded } from './cluster-labs.ts';
import type { VirtualClock } from './clock.ts';
import type { Closers } from './closers.ts';
import { ACCOUNT } from './account.ts';
import { functionsOf, machinesOf, rulesOf } from './deployment/compute-resources.ts';
import { deployContent } from './deployment/content.ts';
import type { Deployment } from './deployment/deployment.ts';
import { deploySchedules } from './deployment/schedules.ts';
import { networkOf } from './deployment/network-resources.ts';
import { bucketContentsOf, bucketsOf, tablesOf } from './deployment/storage-resources.ts';
import { identityClientOf } from './deployment/web-resources.ts';
import { startDynamoDb } from './dynamodb.ts';
import { ec2Api } from './ec2/ec2-api.ts';
import { SecurityGroupStore } from './ec2/security-group-store.ts';
import { efsApi } from './efs/efs-api.ts';
import { FileSystemStore } from './efs/file-system-store.ts';
import type { LocalEmr } from './emr/server.ts';
import type { LocalEmrServerless } from './emr-serverless/server.ts';
import { startEmr, startEmrServerless } from './emr-services.ts';
import { localSettings, useLocalServices } from './environment.ts';
import { eventBus, type PublishEvent } from './events/event-bus.ts';
import { eventBridgeApi } from './events/event-bridge-api.ts';
import { serveIdentity } from './identity/identity-provider.ts';
import type { People } from './identity/people.ts';
import { loadFunctions, type Invoke } from './lambda.ts';
import { serveS3 } from './s3.ts';
import { openAccessKeys, ROOT_CREDENTIALS } from './sts/access-keys.ts';
import { stsApi } from './sts/sts-api.ts';
import { ScheduleStore } from './scheduler/schedule-store.ts';
import { Scheduler } from './scheduler/scheduler.ts';
import { schedulerApi } from './scheduler/scheduler-api.ts';
import { targetDelivery } from './scheduler/targets.ts';
import { answerRequests } from './request-guard.ts';
import type { RunningServer } from './server.ts';
import type { ServicePorts } from './service-ports.ts';
import { startSes, type RunningSes } from './ses.ts';
import { jupyterLabs, type JupyterLabs } from './spark/jupyter-labs.ts';
import { sparkUiGateway } from './spark-ui/gateway.ts';
import { openExecutionStore } from './step-functions/execution-store.ts';
import { Executions } from './step-functions/executions.ts';
import { stepFunctionsApi } from './step-functions/step-functions-api.ts';

interface ServicesOptions {
  readonly deployment: Deployment;
  readonly portalUrl: string;
  readonly ports: ServicePorts;
  readonly repository: string;
  readonly dataDirectory: string;
  readonly clock: Pick<VirtualClock, 'isMoving'>;
  readonly activity: Activity;
  readonly closers: Closers;
  readonly report: (line: string) => void;
}

interface Services {
  readonly invoke: Invoke;
  readonly s3: S3Client;
  readonly emr: LocalEmr;
  readonly emrServerless: LocalEmrServerless;
  readonly labs: JupyterLabs;
  readonly people: People;
  readonly ses: RunningSes;
  readonly dynamoDb: RunningServer;
  /** Lets happen what happens by the clock. */
  begin(): void;
  /** Lets nothing begin any more. */
  end(): void;
}

const clientOptions = { region: ACCOUNT.region, credentials: ROOT_CREDENTIALS };

/** Starts every service that the portal uses in AWS, with the deployment's resources in them, and loads its functions. */
export const startServices = async (options: ServicesOptions): Promise<Services> => {
  const { deployment, ports, dataDirectory, clock, activity, closers, report } = options;
  const inData = (name: string): string => path.join(dataDirectory, name);

  const dynamoDb = await startDynamoDb(dataDirectory, tablesOf(deployment), clientOptions, {
    isHurried: () => clock.isMoving(),
    activity,
  });
  closers.add(() => dynamoDb.close());
  const keys = openAccessKeys(inData('access-keys.json'));
  await serveS3(ports.s3.server, dataDirectory, bucketsOf(deployment), keys);
  answerRequests(ports.sts.server, stsApi(keys));
  const s3 = new S3Client({ ...clientOptions, endpoint: ports.s3.url, forcePathStyle: true });
  for (const content of bucketContentsOf(deployment)) await deployContent(s3, content);
  const people = serveIdentity(ports.identity.server, ports.identity, dataDirectory, identityClientOf(deployment));

  const bus = Promise.withResolvers<PublishEvent>();
  const ses = await startSes(dataDirectory, (event) => void bus.promise.then((publish) => publish(event)));
  closers.add(() => ses.close());
  const labs = jupyterLabs({ localDirectory: dataDirectory });
  closers.add(() => labs.closeAll());
  const sparkUis = sparkUiGateway(dataDirectory, ports.sparkUi.url);
  closers.add(() => sparkUis.close());
  answerRequests(ports.sparkUi.server, sparkUis.serve);
  const closeLab = closeLabOfEnded(labs, report);
  const groups = new SecurityGroupStore(inData('security-groups.json'), networkOf(deployment));
  const emr = await startEmr(options, { s3, keys, groups, presignSparkUi: sparkUis.presign }, async (event) => {
    closeLab(event);
    (await bus.promise)(event);
  });
  closers.add(() => emr.close());
  const emrServerless = await startEmrServerless(
    options,
    { s3, keys, presignSparkUi: sparkUis.presign },
    async (event) => (await bus.promise)(event),
  );
  closers.add(() => emrServerless.close());
  const fileSystems = new FileSystemStore(inData('file-systems.json'), groups);
  const isInUse = (groupId: string): boolean => emr.usesGroup(groupId) || fileSystems.usesGroup(groupId);
  answerRequests(ports.ec2.server, ec2Api({ store: groups, isInUse, clusterOf: emr.clusterOf }, keys));
  answerRequests(ports.efs.server, efsApi(fileSystems, keys));

  useLocalServices({
    cognito_identity_provider: ports.identity.url,
    dynamodb: dynamoDb.url,
    ec2: ports.ec2.url,
    efs: ports.efs.url,
    emr: emr.url,
    emr_serverless: emrServerless.url,
    eventbridge: ports.eventBridge.url,
    s3: ports.s3.url,
    scheduler: ports.scheduler.url,
    sesv2: ses.url,
    sfn: ports.stepFunctions.url,
    sts: ports.sts.url,
  });
  const settings = localSettings(options.portalUrl, dataDirectory);
  const invoke = await loadFunctions(functionsOf(deployment, options.repository, settings), activity);
  const invokeAsync = asyncInvoker(invoke, report);

  const executions = new Executions(machinesOf(deployment), openExecutionStore(inData('executions.ndjson')), invoke);
  ports.stepFunctions.server.on('request', stepFunctionsApi(executions));
  const publish = eventBus(rulesOf(deployment), invokeAsync);
  ports.eventBridge.server.on('request', eventBridgeApi(publish));
  const schedules = new ScheduleStore(inData('schedules.json'), `arn:aws:scheduler:${ACCOUNT.region}:${ACCOUNT.id}`);
  const startExecution = executions.start.bind(executions);
  const scheduler = new Scheduler(schedules, targetDelivery({ invoke: invokeAsync, startExecution }, activity, report));
  ports.scheduler.server.on('request', schedulerApi(scheduler, schedules));

  return {
    invoke,
    s3,
    emr,
    emrServerless,
    labs,
    people,
    ses,
    dynamoDb,
    begin() {
      bus.resolve(publish);
      scheduler.start();
      deploySchedules(deployment, scheduler, schedules);
    },
    end: () => scheduler.stop(),
  };
};
