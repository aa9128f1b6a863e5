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
  /** The log of the first bootstrap action on the master, as EMR leaves it when that action failed. */
  bootstrap(cluster: ClusterRecord, stderr: string): void;
}

/** Logs where EMR leaves them. */
export const stepLogs = (uploads: Pick<LogUploads, 'upload'>): StepLogs => ({
  step(cluster, step, log) {
    const root = logRoot(cluster);
    if (root !== null) uploads.upload(`${root}/steps/${step.id}`, log.files());
  },
  bootstrap(cluster, stderr) {
    const root = logRoot(cluster);
    const node = masterOf(cluster)?.ec2Id ?? '';
    const log = printedLog();
    log.stderr(stderr);
    if (root !== null) uploads.upload(`${root}/node/${node}/bootstrap-actions/1`, log.files());
  },
});
