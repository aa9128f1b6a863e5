import type { NotebookCell } from './notebook-cells.ts';

/** Magics of sparkmagic and of EMR Studio, which the kernel of a run does not have. */
const CELL_MAGICS =
  /^%%(configure|sql|spark|local|info|logs|cleanup|delete|send_to_spark|pretty|matplot|display|execute_notebook)\b/;
const LINE_MAGICS =
  /^%(load_ext\s+sparkmagic\S*|manage_spark|spark|matplot|execute_notebook|mount_workspace_dir|umount_workspace_dir|generate_s3_download_url)\b/gm;

/** Whatever follows, so that the warnings are as few as the magics. */
const LOAD_SPARKMAGIC = '%load_ext sparkmagic';

const magicsIn = ({ number, source }: NotebookCell): readonly string[] => {
  if (number === null) return [];
  const cellMagic = CELL_MAGICS.exec(source.trimStart())?.[0];
  // The body of a cell magic is no Python: `%spark` in a script that is written to a file is text.
  if (source.trimStart().startsWith('%%')) return cellMagic === undefined ? [] : [cellMagic];
  return [...source.matchAll(LINE_MAGICS)].map(([magic]) => (magic.startsWith('%load_ext') ? LOAD_SPARKMAGIC : magic));
};

const listed = (cells: readonly number[]): string =>
  cells.length === 1 ? `Cell ${cells[0]}` : `Cells ${cells.slice(0, -1).join(', ')} and ${cells.at(-1)}`;

/** Few enough for one sentence. */
const MAX_NAMED_CELLS = 10;

const magicWarnings = (cells: readonly NotebookCell[]): readonly string[] => {
  const hasSqlExtension = cells.some(({ source }) => /^%load_ext\s+sql\b/m.test(source));
  const users = new Map<string, number[]>();
  for (const cell of cells)
    for (const magic of new Set(magicsIn(cell)))
      if (!(hasSqlExtension && magic === '%%sql')) users.set(magic, [...(users.get(magic) ?? []), cell.number ?? 0]);
  return [...users].map(
    ([magic, numbers]) =>
      `${listed(numbers.slice(0, MAX_NAMED_CELLS))} ${numbers.length === 1 ? 'uses' : 'use'} ${magic}, a magic of sparkmagic or EMR Studio. ` +
      `Runs use a plain Python kernel without this magic, so the run fails at that cell. ${remedyFor(magic)}`,
  );
};

const remedyFor = (magic: string): string => {
  if (magic === '%%configure') return 'Set Spark options in Python with SparkSession.builder.config().';
  if (magic === '%%sql') return 'Use spark.sql("…") instead.';
  return 'Remove it, or write it in Python.';
};

const tagged = (cells: readonly NotebookCell[], tag: string): readonly number[] =>
  cells.flatMap(({ number, tags }) => (number !== null && tags.includes(tag) ? [number] : []));

const parameterWarnings = (cells: readonly NotebookCell[]): readonly string[] => {
  const [first, ...others] = tagged(cells, 'parameters');
  if (first === undefined || others.length === 0) return [];
  return [
    `${listed([first, ...others].slice(0, MAX_NAMED_CELLS))} are tagged "parameters". The job's form offers those of cell ${first}; ` +
      'a run sets its values after each of them. Keep this tag on one cell only.',
  ];
};

const injectedWarnings = (cells: readonly NotebookCell[]): readonly string[] => {
  const injected = tagged(cells, 'injected-parameters');
  if (injected.length === 0) return [];
  return [
    `${listed(injected.slice(0, MAX_NAMED_CELLS))} ${injected.length === 1 ? 'holds' : 'hold'} parameters of an earlier run (tag "injected-parameters"). ` +
      'Runs skip these cells and set their own.',
  ];
};

/** Warnings about cells that may fail or behave differently in a run. */
export const cellWarnings = (cells: readonly NotebookCell[]): readonly string[] => [
  ...magicWarnings(cells),
  ...parameterWarnings(cells),
  ...injectedWarnings(cells),
  ...(cells.every(({ number }) => number === null)
    ? ['The notebook has no code cell, so a run executes nothing.']
    : []),
];
