import type { LogUploads } from '../emulation/log-uploads.ts';
import { printedLog, type PrintedLog } from '../emulation/printed-log.ts';
import type { ClusterRecord, StepRecord } from './cluster-record.ts';
import { masterOf } from './instance-sets.ts';

/** Where a cluster's logs are, without a slash at the end; null when it was launched without a log URI. */
const logRoot = (cluster: ClusterRecord): string | null => {
  const uri = cluster.request.LogUri;
  return uri === undefined ? null : `${uri.replace(/^s3[an]:/, 's3:').replace(/\/+$/, '')}/${cluster.id}`;
};

/** Where a step's stderr is, or will be. */
export const stderrUri = (cluster: ClusterRecord, step: StepRecord): string | null => {
  const root = logRoot(cluster);
  return root === null ? null : `${root}/steps/${step.id}/stderr.gz`;
};

export interface StepLogs {
  step(cluster: ClusterRecord, step: StepRecord, log: PrintedLog): void;
  /**
   * The logs of all bootstrap actions on all instances.
   * @param failure what the first action on the master printed before it failed; null: none failed
   */
  bootstrap(cluster: ClusterRecord, failure: string | null, at: number): void;
}

/** What one bootstrap action leaves; this EMR has no instances to run it on, and says so. */
const bootstrapLog = (script: string, failure: string | null, at: number): PrintedLog => {
  const log = printedLog();
  log.controller(`Fetch file '${script}'`, at);
  log.controller(`startExec '${script}'`, at);
  if (failure === null) log.stdout(`The local EMR has no instances: it did not run ${script}.\n`);
  else log.stderr(failure);
  log.controller(`waitProcessCompletion ended with exit code ${failure === null ? 0 : 1}`, at);
  return log;
};

/** Logs where EMR leaves them. */
export const stepLogs = (uploads: Pick<LogUploads, 'upload'>): StepLogs => ({
  step(cluster, step, log) {
    const root = logRoot(cluster);
    if (root !== null) uploads.upload(`${root}/steps/${step.id}`, log.files());
  },
  bootstrap(cluster, failure, at) {
    const root = logRoot(cluster);
    if (root === null) return;
    const master = masterOf(cluster);
    for (const instance of cluster.instanceSets.flatMap(({ instances }) => instances)) {
      const fails = instance === master ? failure : null;
      // An action that fails is the last one.
      const actions = fails === null ? cluster.request.BootstrapActions : cluster.request.BootstrapActions.slice(0, 1);
      for (const [index, { ScriptBootstrapAction }] of actions.entries()) {
        const log = bootstrapLog(ScriptBootstrapAction.Path, fails, at);
        uploads.upload(`${root}/node/${instance.ec2Id}/bootstrap-actions/${index + 1}`, log.files());
      }
    }
  },
});
