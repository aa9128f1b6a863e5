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
      'This file is not UTF-8 text and therefore not a notebook. Pick the saved notebook file.',
    );
  }
};

/** A valid upload. */
export interface ValidatedUpload {
  /** The file with missing parts filled in. */
  readonly file: UploadedFile;
  readonly notebook: Omit<GoodNotebook, 'content'>;
}

/** @throws InvalidInput (field `notebookUploadId`) with the reason if the notebook cannot run */
export const validatedFile = (upload: UploadedFile): ValidatedUpload => {
  const check = checkNotebook(upload.fileName, textOf(upload));
  if (check.problem !== null) throw InvalidInput.field(FIELD, check.problem);
  const { content: text, ...notebook } = check;
  const content = new TextEncoder().encode(text);
  return { file: { fileName: upload.fileName, size: content.byteLength, content }, notebook };
};

/** @throws InvalidInput (field `notebookUploadId`) if there is no such upload, or as `validatedFile`; TooLarge */
export const validatedUpload = async (
  notebooks: NotebookStore,
  personId: string,
  uploadId: string,
): Promise<ValidatedUpload> => {
  const upload = await notebooks.readUpload(personId, uploadId);
  if (upload === null)
    throw InvalidInput.field(FIELD, 'The upload was not found or has expired. Upload the notebook again.');
  return validatedFile(upload);
};
