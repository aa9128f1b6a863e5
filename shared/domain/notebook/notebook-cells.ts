import { isMissing, isObject, isStrings, joinedSource, type Json } from './notebook-json.ts';

export const MAX_CELLS = 10_000;
export const MAX_OUTPUTS = 100_000;

const CELL_TYPES = ['code', 'markdown', 'raw'];
const CELL_ID = /^[\w-]{1,64}$/;

/** A cell of a Jupyter notebook whose every part is there. */
export interface NotebookCell {
  /** Its place among the code cells, from 1; null for text. */
  readonly number: number | null;
  readonly source: string;
  readonly tags: readonly string[];
}

/** What is wrong with a cell that cannot be completed. */
export const isDamagedCell = (cell: unknown): boolean => {
  if (!isObject(cell) || !CELL_TYPES.some((type) => type === cell['cell_type'])) return true;
  const { source, metadata, outputs } = cell;
  const tags = isObject(metadata) ? metadata['tags'] : undefined;
  return !(
    (isMissing(source) || typeof source === 'string' || isStrings(source)) &&
    (isMissing(metadata) || isObject(metadata)) &&
    (isMissing(tags) || isStrings(tags)) &&
    (isMissing(outputs) || (Array.isArray(outputs) && outputs.every(isObject)))
  );
};

const completedMetadata = (metadata: unknown): Json => {
  if (!isObject(metadata)) return {};
  return metadata['tags'] === null ? { ...metadata, tags: [] } : metadata;
};

const completedCell = (cell: Json): Json => ({
  ...cell,
  metadata: completedMetadata(cell['metadata']),
  source: cell['source'] ?? '',
  ...(cell['cell_type'] === 'code'
    ? { execution_count: cell['execution_count'] ?? null, outputs: cell['outputs'] ?? [] }
    : {}),
});

/** The cells with an id each, as nbformat 4.5 wants it: unlike all others, and the same for the same upload. */
const withIds = (cells: readonly Json[]): readonly Json[] => {
  const taken = new Set<unknown>(cells.map(({ id }) => id));
  const given = new Set<unknown>();
  const freeId = (index: number): string => {
    let id = `cell-${index + 1}`;
    for (let again = 2; taken.has(id); again += 1) id = `cell-${index + 1}-${again}`;
    return id;
  };
  return cells.map((cell, index) => {
    const isFine = typeof cell['id'] === 'string' && CELL_ID.test(cell['id']) && !given.has(cell['id']);
    const id = isFine ? cell['id'] : freeId(index);
    given.add(id);
    taken.add(id);
    return isFine ? cell : { ...cell, id };
  });
};

/** Cells that are not damaged, with every part that the format asks for. */
export const completedCells = (cells: readonly Json[], needIds: boolean): readonly Json[] => {
  const completed = cells.map(completedCell);
  return needIds ? withIds(completed) : completed;
};

export const outputCount = (cells: readonly Json[]): number =>
  cells.reduce((sum, { outputs }) => sum + (Array.isArray(outputs) ? outputs.length : 0), 0);

export const cellsOf = (cells: readonly Json[]): readonly NotebookCell[] => {
  let number = 0;
  return cells.map(({ cell_type: type, source, metadata }) => ({
    number: type === 'code' ? (number += 1) : null,
    source: joinedSource(source),
    tags: isObject(metadata) && isStrings(metadata['tags']) ? metadata['tags'] : [],
  }));
};
