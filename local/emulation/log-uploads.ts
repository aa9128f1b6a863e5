import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

/** Stores a file under an `s3://bucket/key` URI. */
export type WriteLog = (uri: string, body: Uint8Array) => Promise<void>;

/** Takes a problem that nobody can be answered with. */
export type Report = (problem: string) => void;

const compress = promisify(gzip);

export interface LogUploads {
  /** Uploads files to a folder, `s3://…` without a slash at the end, each gzipped under its name and `.gz`. */
  upload(folder: string, files: Readonly<Record<string, Uint8Array>>): void;
  /** Resolves when nothing is under way. */
  settled(): Promise<void>;
}

/** Uploads logs in the background, as EMR does: no state ever waits for them. */
export const logUploads = (service: string, writeLog: WriteLog, report: Report): LogUploads => {
  const underWay = new Set<Promise<void>>();

  const upload = (uri: string, body: Uint8Array): void => {
    const write = async (): Promise<void> => {
      try {
        await writeLog(uri, await compress(body));
      } catch (error) {
        report(`${service}: could not write ${uri}: ${error instanceof Error ? error.message : String(error)}`);
      }
    };
    const writing = write().finally(() => underWay.delete(writing));
    underWay.add(writing);
  };

  return {
    upload(folder, files) {
      for (const [name, body] of Object.entries(files)) upload(`${folder}/${name}.gz`, body);
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
};
