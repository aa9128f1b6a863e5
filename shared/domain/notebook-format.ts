/** What a notebook file is, or why it is none, in words for who uploaded it. */
export type NotebookCheck =
  { readonly kind: 'jupyter' | 'zeppelin'; readonly problem: null } | { readonly kind: null; readonly problem: string };

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isSource = (value: unknown): boolean =>
  typeof value === 'string' || (Array.isArray(value) && value.every((line) => typeof line === 'string'));

const CELL_TYPES = ['code', 'markdown', 'raw'];

const isCell = (cell: unknown): boolean =>
  isObject(cell) && CELL_TYPES.some((type) => type === cell['cell_type']) && isSource(cell['source']);

const isParagraph = (paragraph: unknown): boolean =>
  isObject(paragraph) &&
  (paragraph['text'] === undefined || paragraph['text'] === null || typeof paragraph['text'] === 'string');

const refused = (problem: string): NotebookCheck => ({ kind: null, problem });

const jupyterCheck = (note: Json): NotebookCheck => {
  if (Array.isArray(note['paragraphs']) && note['cells'] === undefined)
    return refused('This is a Zeppelin note. Give the file the ending .json or .zpln and upload it again.');
  const { nbformat, cells } = note;
  if (typeof nbformat !== 'number')
    return refused(
      'This is JSON but no Jupyter notebook: it lacks nbformat. Save the notebook in Jupyter and upload that file.',
    );
  if (nbformat !== 4)
    return refused(
      `The notebook has format ${nbformat}; format 4 is needed. Open it in a current Jupyter, save it and upload it again.`,
    );
  if (!Array.isArray(cells)) return refused('The notebook has no cells. Save it in Jupyter and upload that file.');
  const bad = cells.findIndex((cell) => !isCell(cell));
  return bad === -1
    ? { kind: 'jupyter', problem: null }
    : refused(`Cell ${bad + 1} of the notebook is damaged. Save it in Jupyter and upload that file.`);
};

const zeppelinCheck = (note: Json): NotebookCheck => {
  if (Array.isArray(note['cells']) && note['nbformat'] !== undefined)
    return refused('This is a Jupyter notebook. Give the file the ending .ipynb and upload it again.');
  const { paragraphs } = note;
  if (!Array.isArray(paragraphs))
    return refused(
      'This is JSON but no Zeppelin note: it lacks paragraphs. Export the note in Zeppelin and upload that file.',
    );
  const bad = paragraphs.findIndex((paragraph) => !isParagraph(paragraph));
  return bad === -1
    ? { kind: 'zeppelin', problem: null }
    : refused(`Paragraph ${bad + 1} of the note is damaged. Export it in Zeppelin and upload that file.`);
};

const parsed = (content: string): unknown => {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    return undefined;
  }
};

/**
 * Reads a notebook file: `.ipynb` of nbformat 4 (https://nbformat.readthedocs.io), `.json` or `.zpln` of Zeppelin. The
 * ending alone proves nothing.
 */
export const checkNotebook = (fileName: string, content: string): NotebookCheck => {
  const ending = /\.(ipynb|json|zpln)$/i.exec(fileName)?.[1]?.toLowerCase();
  if (ending === undefined) return refused('Upload a Jupyter notebook (.ipynb) or a Zeppelin note (.json or .zpln).');
  // Some editors put a byte order mark first.
  const note = parsed(content.replace(/^\uFEFF/, ''));
  if (note === undefined)
    return refused(
      'This file is not JSON, so it is no notebook, whatever its name says. Pick the saved notebook itself.',
    );
  if (!isObject(note)) return refused('This file is JSON but no notebook. Pick the saved notebook itself.');
  return ending === 'ipynb' ? jupyterCheck(note) : zeppelinCheck(note);
};
