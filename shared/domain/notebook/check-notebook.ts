import { scanJson, type JsonScan } from './json-scan.ts';
import { checkJupyter } from './jupyter-notebook.ts';
import { refused, type NotebookCheck } from './notebook-check.ts';
import { isObject } from './notebook-json.ts';
import { checkZeppelin } from './zeppelin-note.ts';

const SCAN_PROBLEMS: Readonly<Record<NonNullable<JsonScan['problem']>, string>> = {
  tooDeep:
    'This file has lists and objects nested over 100 levels deep, which Jupyter cannot read. Clear its outputs, save it in Jupyter and upload it again.',
  tooMuch: 'This file has too much data to be checked. Clear its outputs and upload it again.',
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

const replacedWarning = (replaced: readonly string[]): readonly string[] =>
  replaced.length === 0
    ? []
    : [`The file contains ${replaced.join(' and ')}, which is not valid JSON. It is stored as null.`];

/**
 * Reads a notebook file: `.ipynb` of nbformat 4 (https://nbformat.readthedocs.io), `.json` or `.zpln` of Zeppelin. The
 * ending alone proves nothing. Time and memory are bounded for any content.
 */
export const checkNotebook = (fileName: string, content: string): NotebookCheck => {
  const ending = /\.(ipynb|json|zpln)$/i.exec(fileName)?.[1]?.toLowerCase();
  if (ending === undefined) return refused('Upload a Jupyter notebook (.ipynb) or a Zeppelin note (.json or .zpln).');
  // Some editors add a byte order mark, which Jupyter rejects.
  const { problem, text, replaced } = scanJson(content.replace(/^\uFEFF/, ''));
  if (problem !== null) return refused(SCAN_PROBLEMS[problem]);
  const file = parsed(text);
  if (file === undefined)
    return refused('This file is not JSON and therefore not a notebook. Pick the saved notebook file.');
  if (!isObject(file)) return refused('This file is JSON but not a notebook. Pick the saved notebook file.');
  const check = ending === 'ipynb' ? checkJupyter(file) : checkZeppelin(file, fileName);
  if (check.problem !== null) return check;
  const { completed, warnings, ...found } = check;
  // A complete file is stored byte for byte.
  const isWhole = JSON.stringify(completed) === JSON.stringify(file);
  return {
    ...found,
    warnings: [...replacedWarning(replaced), ...warnings],
    content: isWhole ? text : JSON.stringify(completed, null, 1),
  };
};
