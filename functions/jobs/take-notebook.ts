import { InvalidInput } from '../../shared/domain/errors.ts';
import { checkNotebook } from '../../shared/domain/notebook/check-notebook.ts';
import type { GoodNotebook } from '../../shared/domain/notebook/notebook-check.ts';
import type { NotebookStore, UploadedFile } from '../ports/notebook-store.ts';

const FIELD = 'notebookUploadId';

const textOf = ({ content }: UploadedFile): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(content);
  } catch {
    throw InvalidInput.field(
      FIELD,
      'This file is not text in UTF-8, so it is no notebook. Pick the saved notebook itself.',
    );
  }
};

/** A person's upload that can run. */
export interface CheckedUpload {
  /** With its missing parts filled in. */
  readonly file: UploadedFile;
  readonly notebook: Omit<GoodNotebook, 'content'>;
}

/** @throws InvalidInput (field `notebookUploadId`) with the reason why the notebook cannot run */
export const checkedFile = (upload: UploadedFile): CheckedUpload => {
  const check = checkNotebook(upload.fileName, textOf(upload));
  if (check.problem !== null) throw InvalidInput.field(FIELD, check.problem);
  const { content: text, ...notebook } = check;
  const content = new TextEncoder().encode(text);
  return { file: { fileName: upload.fileName, size: content.byteLength, content }, notebook };
};

/** @throws InvalidInput (field `notebookUploadId`) where there is no such upload, or as `checkedFile`; TooLarge */
export const checkedUpload = async (
  notebooks: NotebookStore,
  personId: string,
  uploadId: string,
): Promise<CheckedUpload> => {
  const upload = await notebooks.readUpload(personId, uploadId);
  if (upload === null)
    throw InvalidInput.field(FIELD, 'There is no such upload, or it is too old. Upload the notebook again.');
  return checkedFile(upload);
};
