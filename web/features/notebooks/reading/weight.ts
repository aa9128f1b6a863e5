import { countElements } from '../../../components/markup/markup.ts';
import { FRAME_UNITS, UNIT } from '../../../lib/viewer-bounds.ts';
import type { Cell, Excerpt, Output } from './notebook-model.ts';

const weightOfText = ({ text, styled }: Excerpt): number => {
  let lines = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
  return 1 + text.length / UNIT.characters + lines / UNIT.lines + (styled === null ? 0 : countElements(styled) / 4);
};

/** About what an output costs the page, in units. */
export const weightOfOutput = (output: Output): number => {
  switch (output.kind) {
    case 'text':
    case 'error':
      return weightOfText(output.excerpt);
    case 'image':
      return 1 + output.address.length / UNIT.imageCharacters;
    case 'table':
      return output.table.rows.reduce((sum, row) => sum + 1 + row.length, 1);
    case 'html':
    case 'figure':
      return FRAME_UNITS;
    case 'markup':
      return 1 + countElements(output.markup);
    case 'omitted':
      return 1;
  }
};

export const weightOfCell = (cell: Cell): number =>
  (cell.kind === 'markdown' ? countElements(cell.markup) : weightOfText(cell.source)) +
  cell.outputs.reduce((sum, output) => sum + 1 + weightOfOutput(output), 1);
