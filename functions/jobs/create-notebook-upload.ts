import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { NotebookStore } from '../ports/notebook-store.ts';

type Route = Routes['createNotebookUpload'];

/** A presigned POST for one notebook, valid for ten minutes. */
export const createNotebookUpload =
  ({ notebooks }: { readonly notebooks: NotebookStore }) =>
  async ({ fileName }: RouteInput<Route>, person: Person): Promise<RouteOutput<Route>> => {
    const { uploadId, url, fields } = await notebooks.createUpload(person.id, fileName);
    return { uploadId, url, fields: { ...fields } };
  };
