import { InvalidInput } from '../../shared/domain/errors.ts';
import { checkNotebook } from '../../shared/domain/notebook-format.ts';
import type { Notebook } from '../../shared/domain/spark-job.ts';
import type { NotebookStore, UploadedFile } from '../ports/notebook-store.ts';

const FIELD = 'notebookUploadId';

const textOf = ({ content }: UploadedFile): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    throw InvalidInput.field(
      FIELD,
      'This file is not text in UTF-8, so it is no notebook. Pick the saved notebook itself.',
    );
  }
};

/** A person's upload that proved to be a notebook. */
export interface CheckedUpload {
  readonly file: UploadedFile;
  readonly kind: Notebook['kind'];
}

/** @throws InvalidInput (field `notebookUploadId`) saying what is wrong with the upload; TooLarge */
export const checkedUpload = async (
  notebooks: NotebookStore,
  username: string,
  uploadId: string,
): Promise<CheckedUpload> => {
  const file = await notebooks.readUpload(username, uploadId);
  if (file === null)
    throw InvalidInput.field(FIELD, 'There is no such upload, or it is too old. Upload the notebook again.');
  const { kind, problem } = checkNotebook(file.fileName, textOf(file));
  if (kind === null) throw InvalidInput.field(FIELD, problem);
  return { file, kind };
};
