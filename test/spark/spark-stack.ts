import { mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { GetObjectCommand, paginateListObjectsV2, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';

import type { ExecutionOutcome } from '../../local/emulation/executions.ts';
import { serveS3 } from '../../local/s3.ts';
import { openAccessKeys, ROOT_CREDENTIALS } from '../../local/sts/access-keys.ts';
import { listen } from '../../local/server.ts';
import { sparkPaths } from '../../local/spark/paths.ts';
import { isSparkInstalled } from '../../local/spark/installed-spark.ts';
import { sparkJobRunExecutor } from '../../local/spark/job-run-executor.ts';
import { sparkSessionExecutor } from '../../local/spark/session-executor.ts';
import { sparkStepExecutor } from '../../local/spark/step-executor.ts';
import type { Engine } from '../../shared/domain/engine.ts';
import { RELEASE_FAMILIES } from '../../shared/domain/emr-release-facts.ts';

/** The data of the local stack whose Spark the tests use. */
export const LOCAL_DIRECTORY = process.env['ATMO_LOCAL_DIR'] ?? '.local';

/** The Spark of EMR 7.x, which most tests run on. */
export const SPARK = sparkPaths(LOCAL_DIRECTORY, 'emr-7.x');

/** Spark's Connect server, with credentials of an hour for the session's role. */
export const sessionExecutorIn = (directory: string) => {
  const keys = openAccessKeys(path.join(directory, 'access-keys.json'));
  return sparkSessionExecutor({
    localDirectory: LOCAL_DIRECTORY,
    assume: (arn) => keys.issue({ arn, userId: 'AROATEST:session', policy: null, expiration: Date.now() + 3_600_000 }),
  });
};

export interface StoredObject {
  readonly body: string;
  readonly bytes: Uint8Array;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
}

export interface Outcome {
  readonly status: string;
  readonly failure: {
    readonly cell: number | null;
    readonly source: string;
    readonly errorName: string;
    readonly errorValue: string;
    readonly traceback: string;
  } | null;
  readonly reason: string | null;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly durations: readonly number[];
  readonly versions: Readonly<Record<string, string>>;
}

export interface RunOptions {
  readonly notebook: string;
  readonly runId: string;
  /** `emr-7.13.0` unless told otherwise. */
  readonly releaseLabel?: string;
  /** `cluster` unless told otherwise. */
  readonly engine?: Engine | 'serverless';
  /** Key of the notebook in the bucket `notebooks`. */
  readonly key?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** The parameters as JSON text, in place of `parameters`. */
  readonly parametersJson?: string;
  readonly timeoutAt?: string;
  /** Of the execution role, on EMR Serverless. */
  readonly policy?: string;
  readonly signal?: AbortSignal;
  readonly environment?: Readonly<Record<string, string>>;
  /** Called with everything that the step prints. */
  readonly onOutput?: (text: string) => void;
}

/** s3rver escapes these in its listings once too often. */
const unescaped = (key: string): string =>
  key.replaceAll('&#x27;', "'").replaceAll('&#x60;', '`').replaceAll('&amp;', '&');

/** A local S3 and the local EMR's executor on top of the Spark that is installed on this machine. */
export const startSparkStack = async () => {
  for (const family of RELEASE_FAMILIES) {
    if (!isSparkInstalled(sparkPaths(LOCAL_DIRECTORY, family)))
      throw new Error(
        `The Spark of ${family} is not installed as this version wants it: run \`npm run spark:install\`.`,
      );
  }
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-spark-'));
  const buckets = ['notebooks', 'results', 'scripts'].map((name) => ({ name, cors: [] }));
  const server = http.createServer();
  await serveS3(server, directory, buckets, openAccessKeys(path.join(directory, 'access-keys.json')));
  const s3 = await listen(server, 0);
  const client = new S3Client({
    credentials: ROOT_CREDENTIALS,
    region: 'us-west-2',
    endpoint: s3.url,
    forcePathStyle: true,
  });
  const environment = {
    ...process.env,
    AWS_ACCESS_KEY_ID: ROOT_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ROOT_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_S3: s3.url,
    AWS_REGION: 'us-west-2',
    ATMO_S3_FORCE_PATH_STYLE: 'true',
  };

  const put = async (Bucket: string, Key: string, Body: string | Uint8Array): Promise<void> => {
    await client.send(new PutObjectCommand({ Bucket, Key, Body }));
  };

  const writeFile = async (uri: string, body: Uint8Array): Promise<void> => {
    const { hostname, pathname } = new URL(uri);
    await put(hostname, pathname.slice(1), body);
  };
  const executor = sparkStepExecutor({ localDirectory: LOCAL_DIRECTORY, environment, writeFile });
  const keys = openAccessKeys(path.join(directory, 'access-keys.json'));
  const drivers = sparkJobRunExecutor({
    localDirectory: LOCAL_DIRECTORY,
    environment,
    writeFile,
    assume: (arn, policy) => keys.issue({ arn, userId: 'AROATEST:job', policy, expiration: Date.now() + 3_600_000 }),
  });

  return {
    s3Url: s3.url,
    environment,
    put,

    async get(Key: string): Promise<StoredObject> {
      const object = await client.send(new GetObjectCommand({ Bucket: 'results', Key }));
      const bytes = (await object.Body?.transformToByteArray()) ?? new Uint8Array();
      return {
        body: new TextDecoder().decode(bytes),
        bytes,
        contentType: object.ContentType,
        contentEncoding: object.ContentEncoding,
      };
    },

    /** The keys below a folder of the results, without the folder. */
    async list(folder: string): Promise<string[]> {
      const keys: string[] = [];
      for await (const page of paginateListObjectsV2({ client }, { Bucket: 'results', Prefix: folder })) {
        keys.push(...(page.Contents ?? []).map(({ Key }) => unescaped(Key ?? '').slice(folder.length)));
      }
      return keys;
    },

    async outcome(runId: string, folder = `runs/${runId}`): Promise<Outcome> {
      return JSON.parse((await this.get(`job/${folder}/outcome.json`)).body) as Outcome;
    },

    /** Runs a notebook as the local EMR does: as a script-runner step with the arguments that the portal gives. */
    async run(options: RunOptions): Promise<ExecutionOutcome & { readonly output: string }> {
      const { notebook, runId, key = `jobs/${runId}/notebook.ipynb`, parameters, timeoutAt } = options;
      await put('notebooks', key, notebook);
      await put('notebooks', `parameters/${runId}.json`, options.parametersJson ?? JSON.stringify(parameters ?? {}));
      let output = '';
      const print = (chunk: string | Uint8Array): void => {
        const text = typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk);
        output += text;
        options.onOutput?.(text);
      };
      const args = [
        ...['--notebook', `s3://notebooks/${key}`, '--parameters', `s3://notebooks/parameters/${runId}.json`],
        ...['--results', 's3://results/job/', '--run-id', runId, '--environment', 'test'],
        ...(timeoutAt === undefined ? [] : ['--timeout-at', timeoutAt]),
      ];
      const releaseLabel = options.releaseLabel ?? 'emr-7.13.0';
      const surroundings = {
        environment: { AWS_REGION: 'us-west-2', ...options.environment },
        signal: options.signal ?? new AbortController().signal,
        log: { stdout: print, stderr: print },
      };
      if (options.engine === 'serverless') {
        const jobRun = {
          id: `00${runId}`,
          releaseLabel,
          entryPoint: 's3://scripts/scripts/0123/serverless/run_notebook.py',
          arguments: ['--scripts', 's3://scripts/scripts/0123', ...args],
          sparkSubmitParameters: '',
          executionRoleArn: 'arn:aws:iam::123456789012:role/atmo-test-job',
          policy: options.policy ?? null,
        };
        return { ...(await drivers.run(jobRun, surroundings)), output };
      }
      const outcome = await executor.run(
        {
          id: `s-${runId}`,
          name: 'Run the notebook',
          jar: 's3://us-west-2.elasticmapreduce/libs/script-runner/script-runner.jar',
          mainClass: null,
          properties: {},
          args: ['s3://scripts/scripts/0123/steps/run-notebook.sh', ...args],
        },
        {
          id: 'j-TEST',
          name: 'atmo-test-job-alice-job-token',
          releaseLabel,
          region: 'us-west-2',
          logUri: null,
          tags: {},
          instanceCount: 1,
        },
        surroundings,
      );
      return { ...outcome, output };
    },

    async close(): Promise<void> {
      client.destroy();
      await s3.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
};

export type SparkStack = Awaited<ReturnType<typeof startSparkStack>>;
