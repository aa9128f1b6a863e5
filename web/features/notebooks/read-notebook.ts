import type { NotebookModel } from './notebook-model.ts';
import { readJupyter } from './read-jupyter.ts';
import { readZeppelin } from './read-zeppelin.ts';

/** @throws Error in words for people, where the text is neither a Jupyter notebook nor a Zeppelin note */
export const readNotebook = (text: string): NotebookModel => {
  const model = modelOf(text);
  if (model === null) throw new Error('This file cannot be shown as a notebook. Download it to look at it.');
  return model;
};

const modelOf = (text: string): NotebookModel | null => {
  try {
    const document: unknown = JSON.parse(text);
    return readJupyter(document) ?? readZeppelin(document);
  } catch {
    return null;
  }
};
