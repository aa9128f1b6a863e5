import { scanJson } from '../../../../shared/domain/notebook/json-scan.ts';
import { MAX_FILE_BYTES, MAX_JSON_PARTS } from '../../../lib/viewer-bounds.ts';
import type { NotebookModel, NotebookStage } from './notebook-model.ts';
import { readJupyter } from './read-jupyter.ts';
import { readZeppelin } from './read-zeppelin.ts';

const modelOf = (text: string, stage: NotebookStage): NotebookModel | null => {
  if (text.length > MAX_FILE_BYTES) return null;
  const scan = scanJson(text, { parts: MAX_JSON_PARTS });
  if (scan.problem !== null) return null;
  try {
    const document: unknown = JSON.parse(scan.text);
    return readJupyter(document, stage) ?? readZeppelin(document);
  } catch {
    return null;
  }
};

/** @throws Error in words for people, where the text is neither a Jupyter notebook nor a Zeppelin note */
export const readNotebook = (text: string, stage: NotebookStage): NotebookModel => {
  const model = modelOf(text, stage);
  if (model === null) throw new Error('This file cannot be shown as a notebook. Download it to look at it.');
  return model;
};
