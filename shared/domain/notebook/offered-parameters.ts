import { isExactNumber } from '../exact-json.ts';
import { isParameterName } from '../parameter-name.ts';
import type { ParameterValue } from '../parameters.ts';
import type { NotebookCell } from './notebook-cells.ts';
import { pythonLiteral } from './python-literal.ts';

/** A parameter that a notebook offers in its `parameters` cell. */
export interface OfferedParameter {
  readonly name: string;
  /** Null also where the cell computes it. */
  readonly default: ParameterValue;
  /** As annotated, or the type of its default; null where neither tells. */
  readonly type: string | null;
}

/** More than anyone fills in; bounds the answer. */
const MAX_OFFERED = 100;
/** Characters; longer defaults are data, and are left as computed ones are. */
const MAX_DEFAULT = 2000;

/** No two repetitions side by side take the same character: a long line takes no longer than its length. */
const ASSIGNMENT = /^([A-Za-z_]\w*)[ \t]*(?::([^=\n]+))?=(?!=)/gm;

const typeOf = (value: ParameterValue): string => {
  if (value === null) return 'None';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'boolean') return 'bool';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'object' && !isExactNumber(value)) return 'dict';
  return /[.eE]/.test(JSON.stringify(value)) ? 'float' : 'int';
};

const assignmentsIn = (source: string): readonly OfferedParameter[] => {
  const offered: OfferedParameter[] = [];
  ASSIGNMENT.lastIndex = 0;
  for (let found = ASSIGNMENT.exec(source); found !== null; found = ASSIGNMENT.exec(source)) {
    const [, name = '', annotation] = found;
    const literal = pythonLiteral(source, ASSIGNMENT.lastIndex);
    if (literal !== null) ASSIGNMENT.lastIndex = literal.end;
    const isShort = literal !== null && JSON.stringify(literal.value).length <= MAX_DEFAULT;
    const value = isShort ? literal.value : null;
    if (isParameterName(name))
      offered.push({
        name,
        default: value,
        type: annotation?.trim().slice(0, 100) ?? (isShort ? typeOf(value) : null),
      });
  }
  return offered;
};

/** What the first cell tagged `parameters` assigns; of a name that is assigned twice, the last. */
export const offeredParameters = (cells: readonly NotebookCell[]): readonly OfferedParameter[] => {
  const cell = cells.find(({ number, tags }) => number !== null && tags.includes('parameters'));
  const byName = new Map((cell === undefined ? [] : assignmentsIn(cell.source)).map((entry) => [entry.name, entry]));
  return [...byName.values()].slice(0, MAX_OFFERED);
};
