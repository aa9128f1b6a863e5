import type { Notebook } from '../../shared/domain/spark-job.ts';

export interface UploadTarget {
  readonly uploadId: string;
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** An upload in S3, not validated yet. */
export interface UploadedFile {
  readonly fileName: string;
  /** Bytes. */
  readonly size: number;
  readonly content: Uint8Array;
}

/** Notebooks in S3: uploads, and the versions that jobs use. */
export interface NotebookStore {
  /** A presigned POST for ten minutes; the server chooses the key, which belongs to the person. */
  createUpload(personId: string, fileName: string): Promise<UploadTarget>;
  /** Null if this person uploaded nothing under the id. @throws TooLarge over 20 MB */
  readUpload(personId: string, uploadId: string): Promise<UploadedFile | null>;
  /** Copies an upload to where the job's cluster reads it. */
  store(jobId: string, file: UploadedFile, kind: Notebook['kind']): Promise<Notebook>;
  /** A link for a few minutes that downloads the file as an attachment. */
  downloadUrl(notebook: Notebook): Promise<string>;
  /** Removes every version of the job's notebooks. */
  deleteAll(jobId: string): Promise<void>;
}
