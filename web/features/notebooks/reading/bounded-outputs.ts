import { MAX_CELL_UNITS, MAX_OUTPUTS } from '../../../lib/viewer-bounds.ts';
import type { Cell, Output } from './notebook-model.ts';
import { weightOfOutput } from './weight.ts';

/** As many outputs of a cell as are shown, and how many of the `total` in the file are not. The rest is not even read. */
export const boundedOutputs = <Raw extends { readonly made: number }>(
  total: number,
  raw: Iterable<Raw>,
  outputsOf: (raw: Raw) => readonly Output[],
): Pick<Cell, 'outputs' | 'outputsLeft'> => {
  const outputs: Output[] = [];
  let read = 0;
  let weight = 0;
  for (const each of raw) {
    const shown = outputsOf(each);
    weight += shown.reduce((sum, output) => sum + 1 + weightOfOutput(output), 0);
    if (outputs.length > 0 && (weight > MAX_CELL_UNITS || outputs.length + shown.length > MAX_OUTPUTS)) break;
    outputs.push(...shown);
    read += each.made;
  }
  return { outputs, outputsLeft: total - read };
};
