import type { JobSchedules } from '../../functions/ports/job-schedules.ts';
import type { NotebookStore, UploadedFile } from '../../functions/ports/notebook-store.ts';
import type { WorkflowExecutions } from '../../functions/ports/workflow-executions.ts';
import type { RunFiles, StoredFile } from '../../functions/ports/run-files.ts';
import type { RunParameters } from '../../functions/ports/run-parameters.ts';
import type { AwaitedOutcome, RunJobRequest } from '../../shared/contract/run-job.ts';
import type { NotebookOutcome } from '../../shared/domain/run-outcome.ts';
import type { NotebookProgress } from '../../shared/domain/run-stages.ts';
import type { SparkFacts } from '../../shared/domain/spark-facts.ts';
import type { Notebook, SparkJob } from '../../shared/domain/spark-job.ts';
import { paged } from './paged.ts';

const failing = () => {
  const errors: Error[] = [];
  return {
    /** Thrown by the next calls, one each. */
    errors,
    check(): void {
      const error = errors.shift();
      if (error !== undefined) throw error;
    },
  };
};

/** Schedules by job id: the next occurrence that each delivers. */
export const fakeJobSchedules = () => {
  const put = new Map<string, string>();
  const failure = failing();
  const schedules: JobSchedules = {
    async put(job: SparkJob, nextOccurrence) {
      failure.check();
      put.set(job.id, nextOccurrence);
    },
    async scheduledJobs() {
      failure.check();
      return new Set(put.keys());
    },
    async remove({ id }) {
      failure.check();
      put.delete(id);
    },
  };
  return { schedules, put, errors: failure.errors };
};

export const fakeWorkflowExecutions = () => {
  const started = new Map<string, RunJobRequest>();
  const completed: { taskToken: string; outcome: AwaitedOutcome }[] = [];
  const failure = failing();
  const executions: WorkflowExecutions = {
    async start(name, request) {
      failure.check();
      if (!started.has(name)) started.set(name, request);
    },
    async completeWait(taskToken, outcome) {
      failure.check();
      completed.push({ taskToken, outcome });
    },
  };
  return { executions, started, completed, errors: failure.errors };
};

/** Notebooks in memory; `uploads` are by person and upload id. */
export const fakeNotebookStore = () => {
  const uploads = new Map<string, UploadedFile>();
  const stored = new Map<string, UploadedFile>();
  const failure = failing();
  const notebooks: NotebookStore = {
    async createUpload(personId, fileName) {
      const uploadId = `upload-${uploads.size + 1}`;
      return {
        uploadId,
        url: 'https://uploads.example.com',
        fields: { key: `uploads/${personId}/${uploadId}/${fileName}` },
      };
    },
    readUpload: async (personId, uploadId) => uploads.get(`${personId} ${uploadId}`) ?? null,
    async store(jobId, file, kind): Promise<Notebook> {
      failure.check();
      const version = `v${stored.size + 1}`;
      const key = `jobs/${jobId}/${version}/${file.fileName}`;
      stored.set(key, file);
      return { name: file.fileName, kind, key, version, size: file.size };
    },
    downloadUrl: async ({ key }) => `https://notebooks.example.com/${key}?signed`,
    async deleteAll(jobId) {
      failure.check();
      for (const key of stored.keys()) if (key.startsWith(`jobs/${jobId}/`)) stored.delete(key);
    },
  };
  const upload = (personId: string, uploadId: string, fileName: string, text: string): void => {
    const content = new TextEncoder().encode(text);
    uploads.set(`${personId} ${uploadId}`, { fileName, size: content.byteLength, content });
  };
  return { notebooks, upload, uploads, stored, errors: failure.errors };
};

export const fakeRunFiles = () => {
  const outcomes = new Map<string, NotebookOutcome>();
  const tails = new Map<string, string>();
  const results = new Map<string, readonly StoredFile[]>();
  const logs = new Map<string, readonly StoredFile[]>();
  const written = new Map<string, unknown>();
  const progress = new Map<string, NotebookProgress>();
  const sparkFacts = new Map<string, SparkFacts>();
  /** By version. */
  const notebooks = new Map<string, string>();
  const failure = failing();
  const files: RunFiles = {
    async outcome({ id }) {
      failure.check();
      return outcomes.get(id) ?? null;
    },
    progress: async ({ id }) => progress.get(id) ?? null,
    sparkFacts: async ({ id }) => sparkFacts.get(id) ?? null,
    notebook: async ({ notebookVersion }) => notebooks.get(notebookVersion) ?? null,
    results: async ({ id }, page) => paged(`results ${id}`, results.get(id) ?? [], page),
    logs: async ({ id }, page) => paged(`logs ${id}`, logs.get(id) ?? [], page),
    logTail: async ({ id }) => tails.get(id) ?? null,
  };
  const parameters: RunParameters = {
    async write({ id, parameters: values }) {
      failure.check();
      written.set(id, values);
    },
  };
  return {
    files,
    parameters,
    outcomes,
    tails,
    results,
    logs,
    written,
    progress,
    sparkFacts,
    notebooks,
    errors: failure.errors,
  };
};
