import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';

import { eventLogsOf } from './event-logs.ts';
import { sparkEnvironment } from './environment.ts';
import { accepting, freePort } from './ports.ts';
import { SCRIPTS, workPaths, type SparkPaths } from './paths.ts';
import { installedSpark } from './installed-spark.ts';

export interface JupyterLabsOptions {
  /** The local stack's data, `ATMO_LOCAL_DIR`. */
  readonly localDirectory: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface LabCluster {
  readonly id: string;
  readonly releaseLabel: string;
}

/** A real JupyterLab for each on-demand cluster that waits, in place of the one behind a cluster's SSH tunnel. */
export interface JupyterLabs {
  /**
   * Starts a cluster's JupyterLab, or finds it running. Its files are the owner's and outlast the cluster, as on EFS.
   * @returns the address to open in a browser, its token included; null when the release's Spark is not installed
   */
  open(cluster: LabCluster, owner: string): Promise<string | null>;
  /** Ends a cluster's JupyterLab with all its kernels, if it has one. */
  close(clusterId: string): Promise<void>;
  closeAll(): Promise<void>;
}

export class JupyterDidNotStart extends Error {
  override readonly name = 'JupyterDidNotStart';
}

interface Lab {
  readonly url: Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Resolves when the server says that it is about to listen. No timers: those of this process may jump by hours. */
const listening = (child: ChildProcess): Promise<void> =>
  new Promise((resolve, reject) => {
    let said = '';
    child.once('error', reject);
    child.once('exit', () => reject(new JupyterDidNotStart(`JupyterLab did not start:\n${said.slice(-2000)}`)));
    child.stderr?.on('data', (chunk: Buffer) => {
      if (said.length < 100_000) said += chunk.toString();
      if (/ is running at:/.test(said)) resolve();
    });
  });

// Whatever an owner's name holds, it is one folder below the homes.
const homeOf = (homes: string, owner: string): string =>
  path.join(homes, encodeURIComponent(owner).replace(/^\./, '%2E'));

export const jupyterLabs = ({ localDirectory, environment = process.env }: JupyterLabsOptions): JupyterLabs => {
  const { steps, homes } = workPaths(localDirectory);
  const labs = new Map<string, Lab>();
  const processes = new Set<ChildProcess>();
  // Also where this process ends without closing, no server is left behind.
  process.once('exit', () => {
    for (const child of processes) child.kill('SIGTERM');
  });

  const start = (spark: SparkPaths, clusterId: string, owner: string): Lab => {
    const scratch = path.join(steps, `jupyter-${clusterId}`);
    const home = homeOf(homes, owner);
    const token = randomBytes(24).toString('hex');
    let child: ChildProcess | null = null;

    const run = async (): Promise<string> => {
      mkdirSync(scratch, { recursive: true });
      mkdirSync(home, { recursive: true });
      const port = await freePort();
      child = spawn(
        path.join(spark.venv, 'bin', 'jupyter-lab'),
        [
          `--config=${path.join(SCRIPTS, 'jupyter', 'jupyter_server_config.py')}`,
          `--ServerApp.port=${port}`,
          // Several people may share this machine, unlike a cluster's master.
          `--IdentityProvider.token=${token}`,
          // Containers and CI run as root.
          ...(process.getuid?.() === 0 ? ['--allow-root'] : []),
        ],
        {
          cwd: home,
          env: {
            ...sparkEnvironment(spark, { scratch, eventLogs: eventLogsOf(localDirectory, clusterId) }, environment),
            ATMO_JUPYTER_ROOT: home,
            JUPYTER_RUNTIME_DIR: path.join(scratch, 'runtime'),
          },
          stdio: ['ignore', 'ignore', 'pipe'],
        },
      );
      const started = child;
      processes.add(started);
      started.once('exit', () => processes.delete(started));
      await listening(started);
      await accepting(port);
      return `http://127.0.0.1:${port}/lab?token=${token}`;
    };

    const url = run();
    const stop = async (): Promise<void> => {
      await url.catch(() => {});
      const running = child;
      if (running !== null && running.exitCode === null && running.signalCode === null) {
        const gone = new Promise((resolve) => running.once('close', resolve));
        // Jupyter ends its kernels before itself.
        running.kill('SIGTERM');
        await gone;
      }
      rmSync(scratch, { recursive: true, force: true });
    };
    return { url, stop };
  };

  const close = async (clusterId: string): Promise<void> => {
    const lab = labs.get(clusterId);
    labs.delete(clusterId);
    await lab?.stop();
  };

  return {
    async open({ id: clusterId, releaseLabel }, owner) {
      const spark = installedSpark(localDirectory, releaseLabel);
      if (spark === null) return null;
      const lab = labs.get(clusterId) ?? start(spark, clusterId, owner);
      labs.set(clusterId, lab);
      try {
        return await lab.url;
      } catch (error) {
        await close(clusterId);
        throw error;
      }
    },
    close,
    async closeAll() {
      await Promise.all([...labs.keys()].map(close));
    },
  };
};
