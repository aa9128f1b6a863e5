import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import { NotFound } from '../../shared/domain/errors.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { NotebookStore } from '../ports/notebook-store.ts';
import { validatedFile } from './validated-upload.ts';

type Route = Routes['checkNotebookUpload'];

/**
 * Checks an upload before a job is created with it.
 * @throws NotFound, TooLarge; InvalidInput with the reason if the notebook cannot run
 */
export const checkNotebookUpload =
  ({ notebooks }: { readonly notebooks: NotebookStore }) =>
  async ({ uploadId }: { readonly uploadId: string }, person: Person): Promise<RouteOutput<Route>> => {
    const upload = await notebooks.readUpload(person.id, uploadId);
    if (upload === null) throw new NotFound('upload', uploadId);
    const { kind, language, cells, parameters, warnings } = validatedFile(upload).notebook;
    return { kind, language, cells, parameters: [...parameters], warnings: [...warnings] };
  };
