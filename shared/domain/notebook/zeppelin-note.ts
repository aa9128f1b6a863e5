import { MAX_CELLS } from './notebook-cells.ts';
import { refused, type FormatCheck } from './notebook-check.ts';
import { isMissing, isObject, type Json } from './notebook-json.ts';

/** Of any Zeppelin: 0.5 to 0.8 save `.json` (results as `result` before 0.7), later ones `.zpln`. */
const isParagraph = (paragraph: unknown): boolean =>
  isObject(paragraph) && (isMissing(paragraph['text']) || typeof paragraph['text'] === 'string');

/** Checks a Zeppelin note, which takes its interpreters' languages, so it has none of its own. */
export const checkZeppelin = (note: Json, fileName: string): FormatCheck => {
  const { paragraphs, cells, nbformat, name } = note;
  if (Array.isArray(cells) && nbformat !== undefined)
    return refused('This is a Jupyter notebook. Give the file the ending .ipynb and upload it again.');
  if (!Array.isArray(paragraphs))
    return refused(
      'This is JSON but not a Zeppelin note: paragraphs are missing. Export the note in Zeppelin and upload that file.',
    );
  if (paragraphs.length === 0)
    return refused('The note has no paragraphs. Export it in Zeppelin and upload that file.');
  if (paragraphs.length > MAX_CELLS)
    return refused(
      `The note has ${paragraphs.length} paragraphs; at most ${MAX_CELLS} are allowed. Split it into several notes.`,
    );
  const damaged = paragraphs.findIndex((paragraph) => !isParagraph(paragraph));
  if (damaged !== -1)
    return refused(`Paragraph ${damaged + 1} of the note is damaged. Export it in Zeppelin and upload that file.`);
  const completed = typeof name === 'string' ? note : { ...note, name: fileName.replace(/\.\w+$/, '') };
  return {
    kind: 'zeppelin',
    problem: null,
    language: null,
    cells: paragraphs.length,
    parameters: [],
    warnings: [],
    completed,
  };
};
