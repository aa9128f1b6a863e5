import { describe, expect, it } from 'vitest';

import type { NotebookCell } from '../../../shared/domain/notebook/notebook-cells.ts';
import { cellWarnings } from '../../../shared/domain/notebook/notebook-warnings.ts';

const text: NotebookCell = { number: null, source: '%%sql', tags: ['parameters', 'injected-parameters'] };
const code = (number: number, source: string, ...tags: string[]): NotebookCell => ({ number, source, tags });
const many = (count: number, source: string, ...tags: string[]): NotebookCell[] =>
  Array.from({ length: count }, (_, index) => code(index + 1, source, ...tags));

const PLAIN_KERNEL = 'Runs use a plain Python kernel without this magic, so the run fails at that cell.';

describe('the warning of a magic', () => {
  it.each([
    ['%%configure', 'Set Spark options in Python with SparkSession.builder.config().'],
    ['%%sql', 'Use spark.sql("…") instead.'],
    ['%%local', 'Remove it, or write it in Python.'],
    ['%spark', 'Remove it, or write it in Python.'],
  ])('says what to do instead of %s', (magic, remedy) => {
    expect(cellWarnings([code(1, magic)])).toEqual([
      `Cell 1 uses ${magic}, a magic of sparkmagic or EMR Studio. ${PLAIN_KERNEL} ${remedy}`,
    ]);
  });

  it('is one for each magic, with all cells that use it once', () => {
    expect(cellWarnings([code(1, '%spark\n%spark\n%matplot'), code(2, 'x'), code(3, '%matplot')])).toEqual([
      expect.stringMatching(/^Cell 1 uses %spark,/),
      expect.stringMatching(/^Cells 1 and 3 use %matplot,/),
    ]);
  });

  it.each([
    [3, 'Cells 1, 2 and 3 use'],
    [10, 'Cells 1, 2, 3, 4, 5, 6, 7, 8, 9 and 10 use'],
    [11, 'Cells 1, 2, 3, 4, 5, 6, 7, 8, 9 and 10 use'],
  ])('names ten cells at most, of %d', (count, begin) => {
    expect(cellWarnings(many(count, '%spark'))).toEqual([expect.stringContaining(`${begin} %spark,`)]);
  });

  it('is left out for %%sql alone where an extension brings it', () => {
    const cells = [code(1, 'import x\n%load_ext sql'), code(2, '%%sql\na'), code(3, '%%local\nb')];
    expect(cellWarnings(cells)).toEqual([expect.stringMatching(/^Cell 3 uses %%local,/)]);
    expect(cellWarnings([code(1, '%load_ext sqlite'), code(2, '%%sql')])).toHaveLength(1);
  });

  it('is not given for text, and not for words that only begin like one', () => {
    expect(cellWarnings([text, code(1, '%%sqlite\n'), code(2, 'x = 1 %spark'), code(3, ' %spark')])).toEqual([]);
  });
});

describe('the warning of a tag', () => {
  it('tells which cells set parameters, of which the first is offered', () => {
    expect(cellWarnings([text, ...many(2, 'x = 1', 'parameters')])).toEqual([
      'Cells 1 and 2 are tagged "parameters". The job\'s form offers those of cell 1; a run sets its values after each of them. Keep this tag on one cell only.',
    ]);
    expect(cellWarnings(many(11, 'x = 1', 'parameters'))).toEqual([expect.stringMatching(/^Cells 1, .* and 10 are/)]);
    expect(cellWarnings([code(1, 'x = 1', 'parameters'), code(2, 'x', 'other')])).toEqual([]);
  });

  it('tells which cells an earlier run left', () => {
    const leaveOut =
      'parameters of an earlier run (tag "injected-parameters"). Runs skip these cells and set their own.';
    expect(cellWarnings([text, code(1, 'x', 'injected-parameters')])).toEqual([`Cell 1 holds ${leaveOut}`]);
    expect(cellWarnings(many(2, 'x', 'injected-parameters'))).toEqual([`Cells 1 and 2 hold ${leaveOut}`]);
    expect(cellWarnings(many(11, 'x', 'injected-parameters'))).toEqual([expect.stringMatching(/ 9 and 10 hold /)]);
  });
});

it('a notebook of text alone is told to execute nothing', () => {
  expect(cellWarnings([text])).toEqual(['The notebook has no code cell, so a run executes nothing.']);
  expect(cellWarnings([text, code(1, '')])).toEqual([]);
});
