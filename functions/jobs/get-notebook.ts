import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { Person } from '../../shared/domain/person.ts';
import { permittedSparkJob, type JobLookup } from '../access/permitted-run.ts';
import type { NotebookStore } from '../ports/notebook-store.ts';

interface GetNotebookDependencies extends JobLookup {
  readonly notebooks: NotebookStore;
}

/** Redirects to the file in S3, which is too large for a response. @throws NotFound */
export const getNotebook =
  ({ notebooks, ...lookup }: GetNotebookDependencies) =>
  async (
    { identifier }: { readonly identifier: string },
    person: Person,
  ): Promise<RouteOutput<Routes['getNotebook']>> => {
    const { job } = await permittedSparkJob(lookup, identifier, person, 'view');
    return { headers: { location: await notebooks.downloadUrl(job.notebook) } };
  };
