import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { Person } from '../../shared/domain/person.ts';
import { permittedSparkJob } from '../access/permitted-run.ts';
import type { NotebookStore } from '../ports/notebook-store.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';

interface GetNotebookDependencies {
  readonly jobs: SparkJobRepository;
  readonly notebooks: NotebookStore;
}

/** Redirects to the file in S3, which is too large for a response. @throws NotFound */
export const getNotebook =
  ({ jobs, notebooks }: GetNotebookDependencies) =>
  async (
    { identifier }: { readonly identifier: string },
    person: Person,
  ): Promise<RouteOutput<Routes['getNotebook']>> => {
    const { notebook } = await permittedSparkJob(jobs, identifier, person, 'view');
    return { headers: { location: await notebooks.downloadUrl(notebook) } };
  };
