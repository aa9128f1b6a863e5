import type { EMRClient, StepConfig } from '@aws-sdk/client-emr';

import type { Setting } from '../../shared/contract/environment.ts';
import { RUN_CREDENTIALS_PATH } from '../../shared/contract/run-credentials.ts';
import { logsPrefix, parametersKey } from '../../shared/domain/run.ts';
import { timeoutAt } from '../../shared/domain/spark-job.ts';
import type { Launch, RunLaunch } from '../ports/emr-engine.ts';
import { emrLaunchClient } from './emr-client.ts';
import { commandLine, launchRequest, scriptStep } from './emr-launch-request.ts';
import { EMR_LAUNCH_SETTINGS, type EmrLaunchSettings } from './emr-launch-settings.ts';
import { APPLICATIONS } from './emr-release-parts.ts';
import { runJobFlow } from './emr-run-job-flow.ts';

/** Settings for launching runs. */
export const RUN_LAUNCH_SETTINGS = [
  ...EMR_LAUNCH_SETTINGS,
  'emrJobInstanceProfile',
  'notebooksBucket',
  'resultsBucket',
  'publicResultsBucket',
  'publicUrl',
] as const satisfies readonly Setting[];

export type RunLaunchSettings = EmrLaunchSettings &
  Readonly<
    Record<'emrJobInstanceProfile' | 'notebooksBucket' | 'resultsBucket' | 'publicResultsBucket' | 'publicUrl', string>
  >;

const stepsOf = ({ run, runSecret }: RunLaunch, settings: RunLaunchSettings, region: string): readonly StepConfig[] => {
  const { emrScriptsUri, notebooksBucket, resultsBucket, publicResultsBucket, publicUrl, environment } = settings;
  const results = run.resultVisibility === 'public' ? publicResultsBucket : resultsBucket;
  const common = { region, onFailure: 'TERMINATE_CLUSTER' } as const;
  return [
    ...(run.notebookKind === 'zeppelin'
      ? [scriptStep('Set up Zeppelin', { ...common, script: `${emrScriptsUri}/steps/setup-zeppelin.sh` })]
      : []),
    scriptStep('Run the notebook', {
      ...common,
      script: `${emrScriptsUri}/steps/run-notebook.sh`,
      args: commandLine({
        '--notebook': `s3://${notebooksBucket}/${run.notebookKey}`,
        '--parameters': `s3://${notebooksBucket}/${parametersKey(run)}`,
        '--results': `s3://${results}/${run.jobIdentifier}/`,
        '--run-id': run.id,
        '--timeout-at': timeoutAt(run),
        '--environment': environment,
        '--credentials-url': `${publicUrl}${RUN_CREDENTIALS_PATH}`,
        '--run-secret': runSecret,
      }),
    }),
  ];
};

/** Launches runs, each on its own EC2 cluster. */
export const emrRunLaunch =
  (settings: RunLaunchSettings, client: EMRClient = emrLaunchClient()): Launch<RunLaunch> =>
  async (launch) => {
    const { run, groups } = launch;
    const region = await client.config.region();
    const request = launchRequest(
      {
        ...run,
        kind: 'job',
        groups,
        runToken: run.workload.runToken,
        launchSettings: run.workload.launchSettings,
        identifier: run.jobIdentifier,
        instanceProfile: settings.emrJobInstanceProfile,
        applications: APPLICATIONS[run.notebookKind === 'zeppelin' ? 'zeppelinRun' : 'jupyterRun'],
        logs: logsPrefix(run),
        bootstrapArguments: { '--timeout': String(run.timeout) },
        steps: stepsOf(launch, settings, region),
      },
      settings,
    );
    return runJobFlow(client, request);
  };
