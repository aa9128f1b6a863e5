import {
  paginateListJobRuns,
  StartJobRunCommand,
  type EMRServerlessClient,
  type StartJobRunCommandInput,
} from '@aws-sdk/client-emr-serverless';

import type { Setting } from '../../shared/contract/environment.ts';
import type { ServerlessEngine } from '../../shared/contract/serverless-engine.ts';
import { emrName, runTokenIn } from '../../shared/domain/emr-name.ts';
import { releaseFamily } from '../../shared/domain/emr-release-facts.ts';
import { AwsFailed, EmrRefusedLaunch } from '../../shared/domain/errors.ts';
import { plusMinutes } from '../../shared/domain/instant.ts';
import { emrIdOf } from '../../shared/domain/serverless-ids.ts';
import { logsPrefix, parametersKey, type Run } from '../../shared/domain/run.ts';
import { timeoutAt } from '../../shared/domain/spark-job.ts';
import type { Launch } from '../ports/emr-engine.ts';
import type { Clock } from '../runtime/clock.ts';
import { commandLine } from './emr-launch-request.ts';
import type { OnDemandApplication } from './emr-serverless-application.ts';
import { serverlessLaunch } from './emr-serverless-work.ts';
import { sparkParameters, sparkProperties } from './emr-serverless-spark.ts';
import { partitionOf, runExecutionPolicy } from './run-policy.ts';

export const SERVERLESS_LAUNCH_SETTINGS = [
  'environment',
  'emrScriptsUri',
  'emrServerless',
  'logsBucket',
  'notebooksBucket',
  'resultsBucket',
  'publicResultsBucket',
] as const satisfies readonly Setting[];

type ServerlessLaunchSettings = Readonly<Record<(typeof SERVERLESS_LAUNCH_SETTINGS)[number], string>>;

interface ServerlessLaunchOptions {
  readonly engine: ServerlessEngine;
  readonly application: OnDemandApplication;
  readonly client: EMRServerlessClient;
  readonly clock: Clock;
}

/** EMR's own limit ends only what neither the runner nor the portal has ended at the run's timeout. */
const BACKSTOP_MINUTES = 10;

export const tagged = (text: string): string => text.replaceAll(/[^\p{L}\p{N} _.:/=+@-]/gu, '_').slice(0, 256);

/** The StartJobRun input for a run, without its application. */
const requestOf = (
  run: Run,
  settings: ServerlessLaunchSettings,
  engine: ServerlessEngine,
): Omit<StartJobRunCommandInput, 'applicationId'> => {
  const { environment, emrScriptsUri, notebooksBucket, resultsBucket, publicResultsBucket, logsBucket } = settings;
  const family = releaseFamily(run.emrRelease);
  if (family === null) throw new EmrRefusedLaunch(`EMR Serverless has no release ${run.emrRelease}.`);
  const results = run.resultVisibility === 'public' ? publicResultsBucket : resultsBucket;
  return {
    clientToken: run.workload.runToken,
    name: emrName({
      environment,
      kind: 'job',
      username: run.owner,
      identifier: run.jobIdentifier,
      runToken: run.workload.runToken,
    }),
    executionRoleArn: engine.roleArn,
    executionIamPolicy: {
      policy: runExecutionPolicy(run, settings, { partition: partitionOf(engine.roleArn), logs: logsPrefix(run) }),
    },
    mode: 'BATCH',
    // Nothing of the request may depend on the clock: a client token goes with one request.
    executionTimeoutMinutes: run.timeout * 60 + BACKSTOP_MINUTES,
    jobDriver: {
      sparkSubmit: {
        entryPoint: `${emrScriptsUri}/serverless/run_notebook.py`,
        entryPointArguments: commandLine({
          '--scripts': emrScriptsUri,
          '--notebook': `s3://${notebooksBucket}/${run.notebookKey}`,
          '--parameters': `s3://${notebooksBucket}/${parametersKey(run)}`,
          '--results': `s3://${results}/${run.jobIdentifier}/`,
          '--run-id': run.id,
          '--timeout-at': timeoutAt(run),
          '--environment': environment,
        }),
        sparkSubmitParameters: sparkParameters(engine, family, { size: run.size, results }),
      },
    },
    configurationOverrides: {
      applicationConfiguration: [{ classification: 'spark-defaults', properties: sparkProperties }],
      monitoringConfiguration: {
        s3MonitoringConfiguration: { logUri: `s3://${logsBucket}/${logsPrefix(run)}` },
        managedPersistenceMonitoringConfiguration: { enabled: true },
      },
    },
    tags: {
      ...run.workload.launchSettings.accountingTags,
      Owner: tagged(run.ownerEmail),
      Name: run.jobIdentifier,
      Environment: environment,
      Application: 'ATMO',
      App: 'atmo',
      Type: 'job',
    },
  };
};

/** Launches runs on EMR Serverless. */
export const emrServerlessRunLaunch = (
  settings: ServerlessLaunchSettings,
  options: ServerlessLaunchOptions,
): Launch<Run> => {
  const { engine, application, client, clock } = options;

  const start = async (applicationId: string, run: Run): Promise<string> => {
    const command = new StartJobRunCommand({ applicationId, ...requestOf(run, settings, engine) });
    const { jobRunId } = await client.send(command);
    if (jobRunId === undefined) throw new AwsFailed('The response of EMR Serverless has no job run id.');
    return emrIdOf({ applicationId, jobRunId });
  };

  /** The job run of an earlier call for this run; null if there is none. */
  const startedBefore = async (applicationId: string, { workload }: Run): Promise<string | null> => {
    const createdAtAfter = new Date(plusMinutes(workload.claimedAt, -1));
    for await (const { jobRuns = [] } of paginateListJobRuns({ client }, { applicationId, createdAtAfter })) {
      const known = jobRuns.find(({ name = '' }) => runTokenIn(name, settings.environment) === workload.runToken);
      if (known?.id !== undefined) return emrIdOf({ applicationId, jobRunId: known.id });
    }
    return null;
  };

  return serverlessLaunch({ application, clock }, { start, startedBefore });
};
