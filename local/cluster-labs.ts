import type { EmrEvent } from './emr/events.ts';
import type { LocalEmr } from './emr/server.ts';
import { Refused } from './refused.ts';
import type { JupyterLabs } from './spark/jupyter-labs.ts';

const ENDED: ReadonlySet<string | undefined> = new Set(['TERMINATED', 'TERMINATED_WITH_ERRORS']);

/**
 * Finds or starts the JupyterLab of a cluster that people can work on.
 * @returns the address to open in a browser
 * @throws Refused where there is no such cluster, it is not up, or Spark is not installed
 */
export const openLab = async (
  emr: Pick<LocalEmr, 'clusters'>,
  labs: Pick<JupyterLabs, 'open'>,
  clusterId: string,
): Promise<string> => {
  const cluster = emr.clusters().find(({ id, forgotten }) => id === clusterId && !forgotten);
  if (cluster === undefined) {
    throw new Refused(404, `The local EMR has no cluster ${clusterId}. GET /local/emr/clusters lists those it has.`);
  }
  if (cluster.state !== 'WAITING' && cluster.state !== 'RUNNING') {
    const remedy = cluster.endedAt === null ? 'Wait until it is WAITING, or move the clock.' : 'Launch another one.';
    throw new Refused(409, `Cluster ${clusterId} is ${cluster.state} and has no Jupyter. ${remedy}`);
  }
  const owner = cluster.tags['Owner'];
  if (owner === undefined) throw new Refused(409, `Cluster ${clusterId} has no Owner tag. Launch one in the portal.`);
  const url = await labs.open(cluster, owner);
  if (url === null) {
    throw new Refused(
      409,
      `Spark for ${cluster.releaseLabel} is not installed on this machine. Run \`npm run spark:install\`, then open this link again.`,
    );
  }
  return url;
};

/** Has the JupyterLab of a cluster end with it; nothing waits for that. */
export const closeLabOfEnded =
  (labs: Pick<JupyterLabs, 'close'>, report: (line: string) => void) =>
  ({ 'detail-type': type, detail }: EmrEvent): void => {
    const { clusterId, state } = detail;
    if (type !== 'EMR Cluster State Change' || clusterId === undefined || !ENDED.has(state)) return;
    labs.close(clusterId).catch((error: unknown) => report(`JupyterLab of ${clusterId}: ${String(error)}`));
  };
