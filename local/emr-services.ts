import path from 'node:path';

import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

import { ACCOUNT } from './account.ts';
import type { Activity } from './activity.ts';
import { launchNetwork } from './ec2/launch-network.ts';
import type { SecurityGroupStore } from './ec2/security-group-store.ts';
import type { EmrEvent } from './emr/events.ts';
import type { SessionExecutor } from './connect/session-executor.ts';
import { startLocalEmr, type LocalEmr } from './emr/server.ts';
import { startLocalEmrServerless, type LocalEmrServerless } from './emr-serverless/server.ts';
import type { PresignSparkUi } from './emulation/presigned-spark-ui.ts';
import type { BusEvent } from './events/event-bus.ts';
import { sparkJobRunExecutor } from './spark/job-run-executor.ts';
import { sparkSessionExecutor } from './spark/session-executor.ts';
import { sparkStepExecutor } from './spark/step-executor.ts';
import type { AccessKeys, SessionCredentials } from './sts/access-keys.ts';

/** What both need of the other services. */
interface EmrParts {
  readonly s3: S3Client;
  readonly keys: AccessKeys;
  readonly presignSparkUi: PresignSparkUi;
}

interface EmrServicesOptions {
  readonly dataDirectory: string;
  readonly activity: Activity;
  readonly report: (line: string) => void;
}

/** The clock stands while a notebook really runs; one that takes longer is overtaken by it. */
const NOTEBOOK_PATIENCE_MS = 60_000;

/** On AWS the credentials of a job run or a session are renewed as long as it goes on. */
const CREDENTIALS_MS = 48 * 3_600_000;

const credentialsOf =
  (keys: AccessKeys) =>
  (arn: string, name: string, policy: string | null): SessionCredentials =>
    keys.issue({ arn, userId: `${arn}:${name}`, policy, expiration: Date.now() + CREDENTIALS_MS });

/** Spark's own Connect server for each session. The clock stands until Spark listens, and not as long as the session lives. */
const sessionExecutorOf = (dataDirectory: string, activity: Activity, keys: AccessKeys): SessionExecutor => {
  const issue = credentialsOf(keys);
  const executor = sparkSessionExecutor({
    localDirectory: dataDirectory,
    assume: (arn) => issue(arn, 'session', null),
  });
  return {
    async run(session, surroundings, onListening) {
      const begun = Promise.withResolvers<void>();
      const ended = executor.run(session, surroundings, (port) => {
        onListening(port);
        begun.resolve();
      });
      await activity.trackForAtMost(NOTEBOOK_PATIENCE_MS, () => Promise.race([begun.promise, ended]));
      return ended;
    },
  };
};

/** Stores a file under an `s3://bucket/key` URI. */
const fileWriter =
  (s3: S3Client) =>
  async (uri: string, body: Uint8Array, contentType?: string): Promise<void> => {
    const { hostname: Bucket, pathname } = new URL(uri);
    await s3.send(
      new PutObjectCommand({
        Bucket,
        Key: decodeURIComponent(pathname.slice(1)),
        Body: body,
        ...(contentType !== undefined && { ContentType: contentType }),
      }),
    );
  };

/** EMR on EC2, with real steps and sessions where Spark is installed. */
export const startEmr = (
  { dataDirectory, activity, report }: EmrServicesOptions,
  { s3, keys, groups, presignSparkUi }: EmrParts & { readonly groups: SecurityGroupStore },
  publish: (event: EmrEvent) => Promise<void>,
): Promise<LocalEmr> => {
  const writeFile = fileWriter(s3);
  const executor = sparkStepExecutor({ localDirectory: dataDirectory, writeFile });
  return startLocalEmr({
    port: 0,
    dataDirectory: path.join(dataDirectory, 'emr'),
    publish,
    network: launchNetwork(groups),
    writeLog: writeFile,
    executor: {
      run: (...step) => activity.trackForAtMost(NOTEBOOK_PATIENCE_MS, () => executor.run(...step)),
    },
    sessionExecutor: sessionExecutorOf(dataDirectory, activity, keys),
    presignSparkUi,
    region: ACCOUNT.region,
    accountId: ACCOUNT.id,
    report,
  });
};

/** EMR Serverless, with real job runs and sessions where Spark is installed. */
export const startEmrServerless = (
  { dataDirectory, activity, report }: EmrServicesOptions,
  { s3, keys, presignSparkUi }: EmrParts,
  publish: (event: BusEvent) => Promise<void>,
): Promise<LocalEmrServerless> => {
  const writeFile = fileWriter(s3);
  const issue = credentialsOf(keys);
  const executor = sparkJobRunExecutor({
    localDirectory: dataDirectory,
    writeFile,
    assume: (arn, policy) => issue(arn, 'job-run', policy),
  });
  return startLocalEmrServerless({
    port: 0,
    dataDirectory: path.join(dataDirectory, 'emr-serverless'),
    publish,
    writeLog: writeFile,
    executor: {
      run: (...jobRun) => activity.trackForAtMost(NOTEBOOK_PATIENCE_MS, () => executor.run(...jobRun)),
    },
    sessionExecutor: sessionExecutorOf(dataDirectory, activity, keys),
    presignSparkUi,
    region: ACCOUNT.region,
    accountId: ACCOUNT.id,
    report,
  });
};
