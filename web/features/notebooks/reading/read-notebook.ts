import { scanJson } from '../../../../shared/domain/notebook/json-scan.ts';
import { MAX_FILE_BYTES, MAX_JSON_PARTS } from '../../../lib/viewer-bounds.ts';
import type { NotebookModel, NotebookStage } from './notebook-model.ts';
import { readJupyter } from './read-jupyter.ts';
import { readNbformat3 } from './read-nbformat-3.ts';
import { readZeppelin } from './read-zeppelin.ts';

const DOWNLOAD = 'Download it to look at it.';

/** Where cells should be, by the version that a file says it has. */
const problemOf = (document: unknown): string => {
  const version = (document as { readonly nbformat?: unknown } | null)?.nbformat;
  if (version === 4) return 'This notebook is damaged: it has no list of cells.';
  if (version === 3) return 'This notebook is damaged: it says nbformat 3, and has no worksheets with a list of cells.';
  if (typeof version === 'number') return `This notebook has nbformat ${version}; 3 and 4 can be shown.`;
  return 'This file cannot be shown as a notebook.';
};

const documentOf = (text: string): unknown => {
  if (text.length > MAX_FILE_BYTES) return null;
  const scan = scanJson(text, { parts: MAX_JSON_PARTS });
  if (scan.problem !== null) return null;
  try {
    return JSON.parse(scan.text);
  } catch {
    return null;
  }
};

/** @throws Error in words for people, where the text is neither a Jupyter notebook nor a Zeppelin note */
export const readNotebook = (text: string, stage: NotebookStage): NotebookModel => {
  const document = documentOf(text);
  const model = readJupyter(document, stage) ?? readNbformat3(document, stage) ?? readZeppelin(document);
  if (model === null) throw new Error(`${problemOf(document)} ${DOWNLOAD}`);
  return model;
};
