import type { EMRClient } from '@aws-sdk/client-emr';

import type { Setting } from '../../shared/contract/environment.ts';
import { clusterLogsPrefix } from '../../shared/domain/cluster-details.ts';
import { offersConnect } from '../../shared/domain/cluster-session.ts';
import { hasApplication } from '../../shared/domain/emr-release-facts.ts';
import type { ClusterLaunch, Launch } from '../ports/emr-engine.ts';
import type { HomeAddresses } from '../ports/home-directories.ts';
import { emrLaunchClient } from './emr-client.ts';
import { launchRequest, scriptStep } from './emr-launch-request.ts';
import { EMR_LAUNCH_SETTINGS, type EmrLaunchSettings } from './emr-launch-settings.ts';
import { APPLICATIONS } from './emr-release-parts.ts';
import { runJobFlow } from './emr-run-job-flow.ts';

/** Settings for launching clusters of people. */
export const CLUSTER_LAUNCH_SETTINGS = [
  ...EMR_LAUNCH_SETTINGS,
  'emrClusterInstanceProfile',
] as const satisfies readonly Setting[];

export type ClusterLaunchSettings = EmrLaunchSettings & Readonly<Record<'emrClusterInstanceProfile', string>>;

/**
 * Hours: EMR's maximum idle timeout, which is also the longest total lifetime. So a cluster is never terminated for being
 * idle, except as a backstop if the portal is down.
 */
const LONGEST_IDLE_HOURS = 7 * 24;

/** A node takes the address in its own subnet, or else the first. */
const mountsOf = (home: HomeAddresses): string =>
  Object.entries(home)
    .map(([subnet, address]) => `${subnet}=${address}`)
    .join(',');

/** Launches people's clusters on EC2. */
export const emrClusterLaunch =
  (settings: ClusterLaunchSettings, client: EMRClient = emrLaunchClient()): Launch<ClusterLaunch> =>
  async ({ cluster, sshKey, groups, home }) => {
    const region = await client.config.region();
    const zeppelin = scriptStep('Set up Zeppelin', {
      region,
      script: `${settings.emrScriptsUri}/steps/setup-zeppelin.sh`,
      // Jupyter and Spark work without Zeppelin.
      onFailure: 'CONTINUE',
    });
    const request = launchRequest(
      {
        ...cluster,
        kind: 'cluster',
        groups,
        runToken: cluster.workload.runToken,
        launchSettings: cluster.workload.launchSettings,
        instanceProfile: settings.emrClusterInstanceProfile,
        applications: APPLICATIONS.interactive,
        logs: clusterLogsPrefix(cluster),
        // Without the comment, which is free text of any length.
        bootstrapArguments: {
          '--public-key': sshKey.key.split(/\s+/, 2).join(' '),
          ...(home === null ? {} : { '--home': mountsOf(home) }),
        },
        steps: hasApplication(cluster.emrRelease, 'Zeppelin') ? [zeppelin] : [],
      },
      settings,
    );
    return runJobFlow(client, {
      ...request,
      ...(offersConnect(cluster) && { SessionEnabled: true }),
      AutoTerminationPolicy: { IdleTimeout: (cluster.idleHours ?? LONGEST_IDLE_HOURS) * 3600 },
    });
  };
