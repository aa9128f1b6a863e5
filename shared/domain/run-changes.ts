import { changedCells, type CellSource } from './notebook/changed-cells.ts';
import type { Parameters } from './parameters.ts';
import type { Run } from './run.ts';

/** What differs between two runs of a job. */
export type RunChange =
  | { readonly what: 'notebook'; readonly before: readonly CellSource[]; readonly after: readonly CellSource[] }
  | { readonly what: 'parameters'; readonly before: Parameters; readonly after: Parameters }
  | { readonly what: 'emrRelease' | 'engine'; readonly before: string; readonly after: string }
  | { readonly what: 'size'; readonly before: number; readonly after: number };

interface RunWithNotebook {
  readonly run: Run;
  /** The cells of its notebook; null where they cannot be read. */
  readonly cells: readonly CellSource[] | null;
}

/** The parameters that another run lacks or has with another value. */
const unlike = (parameters: Parameters, other: Parameters): Parameters =>
  Object.fromEntries(
    Object.entries(parameters).filter(
      ([name, value]) => !Object.hasOwn(other, name) || JSON.stringify(value) !== JSON.stringify(other[name]),
    ),
  );

const notebookChange = (before: RunWithNotebook, after: RunWithNotebook): readonly RunChange[] => {
  if (before.run.notebookVersion === after.run.notebookVersion) return [];
  // Another file, but nobody can tell what is different in it.
  if (before.cells === null || after.cells === null) return [{ what: 'notebook', before: [], after: [] }];
  const cells = changedCells(before.cells, after.cells);
  return cells.before.length + cells.after.length === 0 ? [] : [{ what: 'notebook', ...cells }];
};

const parametersChange = (before: Parameters, after: Parameters): readonly RunChange[] => {
  const change = { what: 'parameters', before: unlike(before, after), after: unlike(after, before) } as const;
  return Object.keys(change.before).length + Object.keys(change.after).length === 0 ? [] : [change];
};

/** What changed from one run to a later one, most telling first. */
export const runChanges = (before: RunWithNotebook, after: RunWithNotebook): readonly RunChange[] => {
  const [old, now] = [before.run, after.run];
  const release = { what: 'emrRelease', before: old.emrRelease, after: now.emrRelease } as const;
  const size = { what: 'size', before: old.size, after: now.size } as const;
  const engine = { what: 'engine', before: old.workload.engine, after: now.workload.engine } as const;
  const settings: readonly RunChange[] = [release, size, engine];
  return [
    ...notebookChange(before, after),
    ...parametersChange(old.parameters, now.parameters),
    ...settings.filter((change) => change.before !== change.after),
  ];
};
