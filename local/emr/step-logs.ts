import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { ClusterRecord, StepRecord } from './cluster-record.ts';
import { masterOf } from './instance-sets.ts';
import type { StepLog } from './step-executor.ts';

/** Stores a file under an `s3://bucket/key` URI. */
export type WriteLog = (uri: string, body: Uint8Array) => Promise<void>;

export type Report = (problem: string) => void;

const compress = promisify(gzip);

// A notebook that prints in a loop must not eat this process's memory.
const LONGEST_LOG = 20 * 1024 * 1024;

const collector = (): { add: (chunk: string | Uint8Array) => void; bytes: () => Uint8Array } => {
  const chunks: Uint8Array[] = [];
  let size = 0;
  return {
    add(chunk) {
      if (size >= LONGEST_LOG) return;
      const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      size += bytes.byteLength;
      chunks.push(bytes);
      if (size >= LONGEST_LOG) chunks.push(Buffer.from('\n(the rest of this log was dropped: too long)\n'));
    },
    bytes: () => Buffer.concat(chunks),
  };
};

/** What a step printed, and what EMR's step controller says about it. */
export interface CollectedLog extends StepLog {
  controller(line: string, at: number): void;
  files(): Record<'controller' | 'stderr' | 'stdout', Uint8Array>;
  /** The last line of stderr with something on it: EMR quotes it as the message of a failure. */
  lastError(): string | null;
}

export const collectedLog = (): CollectedLog => {
  const stdout = collector();
  const stderr = collector();
  const controller = collector();
  return {
    stdout: stdout.add,
    stderr: stderr.add,
    controller: (line, at) => controller.add(`${new Date(at).toISOString()} INFO ${line}\n`),
    files: () => ({ controller: controller.bytes(), stderr: stderr.bytes(), stdout: stdout.bytes() }),
    lastError: () =>
      Buffer.from(stderr.bytes())
        .toString('utf8')
        .split('\n')
        .findLast((line) => line.trim() !== '')
        ?.trim() ?? null,
  };
};

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

export interface LogUploads {
  step(cluster: ClusterRecord, step: StepRecord, log: CollectedLog): void;
  /** The log of the first bootstrap action on the master, as EMR leaves it when that action failed. */
  bootstrap(cluster: ClusterRecord, stderr: string): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** Uploads logs in the background, as EMR does: the state of a cluster never waits for them. */
export const logUploads = (writeLog: WriteLog, report: Report): LogUploads => {
  const underWay = new Set<Promise<void>>();

  const upload = (uri: string, body: Uint8Array): void => {
    const write = async (): Promise<void> => {
      try {
        await writeLog(uri, await compress(body));
      } catch (error) {
        report(`local EMR: could not write ${uri}: ${error instanceof Error ? error.message : String(error)}`);
      }
    };
    const writing = write().finally(() => underWay.delete(writing));
    underWay.add(writing);
  };

  const uploadAll = (folder: string, files: Record<string, Uint8Array>): void => {
    for (const [name, body] of Object.entries(files)) upload(`${folder}/${name}.gz`, body);
  };

  return {
    step(cluster, step, log) {
      const root = logRoot(cluster);
      if (root !== null) uploadAll(`${root}/steps/${step.id}`, log.files());
    },
    bootstrap(cluster, stderr) {
      const root = logRoot(cluster);
      const node = masterOf(cluster)?.ec2Id ?? '';
      const log = collectedLog();
      log.stderr(stderr);
      if (root !== null) uploadAll(`${root}/node/${node}/bootstrap-actions/1`, log.files());
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
};
