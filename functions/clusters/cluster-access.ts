import type { ClusterAccess } from '../../shared/contract/cluster.ts';
import type { Cluster } from '../../shared/domain/cluster.ts';
import { isReady } from '../../shared/domain/expiring.ts';
import { hasApplication } from '../../shared/domain/emr-release-facts.ts';

/** Where Jupyter and Zeppelin listen on the master, and on the person's own machine once the tunnel is open. */
const JUPYTER_PORT = 8888;
const ZEPPELIN_PORT = 8890;

/** EMR's user on every node; the bootstrap action gives it the person's public key. */
const USER = 'hadoop';

/** The person's own folder there, on EFS where there is one, and what Jupyter shows (emr/bootstrap/home.sh). */
const HOME_FOLDER = 'work';

/** Placeholder for the person's private key file. */
const KEY_FILE = '<key>';

const sshConfig = (identifier: string, address: string, ports: readonly number[]): string =>
  [
    `Host ${identifier}`,
    `  HostName ${address}`,
    `  User ${USER}`,
    `  # IdentityFile ${KEY_FILE}`,
    ...ports.map((port) => `  LocalForward ${port} localhost:${port}`),
  ].join('\n');

/** Settings for the access to a cluster. */
export interface AccessSettings {
  /** Whether the deployment lets anybody in by SSH, the only way there is. */
  readonly allowsSsh: boolean;
  /** Where Jupyter is reached; `{jobflowId}` stands for the cluster's id. */
  readonly jupyterUrl: string;
}

/** Ready-to-copy commands for access to the cluster; null until it is ready and its master has an address, or if SSH is closed. */
export const clusterAccess = (cluster: Cluster, { allowsSsh, jupyterUrl }: AccessSettings): ClusterAccess | null => {
  const { home, identifier, workload } = cluster;
  const { masterAddress: address, emrId } = workload;
  if (!allowsSsh || !isReady(cluster) || address === null) return null;
  const target = `${USER}@${address}`;
  const hasZeppelin = hasApplication(cluster.emrRelease, 'Zeppelin');
  const ports = hasZeppelin ? [JUPYTER_PORT, ZEPPELIN_PORT] : [JUPYTER_PORT];
  const forwards = ports.map((port) => `-L ${port}:localhost:${port}`).join(' ');
  return {
    tunnel: `ssh -N ${forwards} ${target}`,
    tunnelWithKey: `ssh -i ${KEY_FILE} -N ${forwards} ${target}`,
    ssh: `ssh ${target}`,
    sshWithKey: `ssh -i ${KEY_FILE} ${target}`,
    sshConfig: sshConfig(identifier, address, ports),
    copyNotebooks: `scp *.ipynb ${target}:${HOME_FOLDER}/`,
    copyNotebooksWithKey: `scp -i ${KEY_FILE} *.ipynb ${target}:${HOME_FOLDER}/`,
    // Only the person's clusters reach EFS, so their own machine mounts it through the master.
    efsMount: home.isKept ? `mkdir -p ~/${identifier} && sshfs ${target}:${HOME_FOLDER}/ ~/${identifier}` : null,
    jupyterUrl: jupyterUrl.replaceAll('{jobflowId}', encodeURIComponent(emrId ?? '')),
    zeppelinUrl: hasZeppelin ? `http://localhost:${ZEPPELIN_PORT}` : null,
  };
};
