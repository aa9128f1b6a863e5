import { describe, expect, it } from 'vitest';

import { notebookText } from '../../notebooks/notebooks.ts';
import { checkNotebook } from '../../../shared/domain/notebook-format.ts';

const jupyter = (changes: object = {}): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [], ...changes });
const code = { cell_type: 'code', source: ['print(1)\n', 'print(2)'], outputs: [], metadata: {} };

describe('checking a notebook', () => {
  it.each(['greeting', 'failed-before', 'parameters-no-python'])('takes %s', (name) => {
    expect(checkNotebook(`${name}.ipynb`, notebookText(`${name}.ipynb`))).toEqual({ kind: 'jupyter', problem: null });
  });

  it.each(['note.json', 'NOTE.ZPLN'])('takes a Zeppelin note as %s', (fileName) => {
    expect(checkNotebook(fileName, notebookText('city-sales.json'))).toEqual({
      kind: 'zeppelin',
      problem: null,
    });
  });

  it('takes every kind of cell, a source of either shape, and a byte order mark', () => {
    const cells = [code, { cell_type: 'markdown', source: '# Hi' }, { cell_type: 'raw', source: '' }];
    expect(checkNotebook('a.IPYNB', `\uFEFF${jupyter({ cells })}`)).toEqual({ kind: 'jupyter', problem: null });
  });

  it('takes paragraphs without text, as Zeppelin writes them', () => {
    const note = JSON.stringify({ paragraphs: [{ config: {} }, { text: null }, { text: '%md hi' }] });
    expect(checkNotebook('a.zpln', note).kind).toBe('zeppelin');
  });

  it.each([
    ['a renamed text file', 'a.ipynb', 'hello', /not JSON/],
    ['nothing', 'a.ipynb', '', /not JSON/],
    ['JSON that is no object', 'a.json', '[]', /no notebook/],
    ['null', 'a.json', 'null', /no notebook/],
    ['JSON of something else', 'a.ipynb', '{"cells": []}', /lacks nbformat/],
    ['an old notebook', 'a.ipynb', jupyter({ nbformat: 3 }), /format 3; format 4 is needed/],
    ['a notebook without cells', 'a.ipynb', jupyter({ cells: undefined }), /has no cells/],
    ['a cell of no known kind', 'a.ipynb', jupyter({ cells: [code, { cell_type: 'magic', source: '' }] }), /Cell 2/],
    ['a cell without source', 'a.ipynb', jupyter({ cells: [{ cell_type: 'code' }] }), /Cell 1/],
    ['a source of numbers', 'a.ipynb', jupyter({ cells: [{ cell_type: 'code', source: [1] }] }), /Cell 1/],
    ['a Zeppelin note with Jupyter’s ending', 'a.ipynb', '{"paragraphs": []}', /This is a Zeppelin note/],
    ['a Jupyter notebook with Zeppelin’s ending', 'a.json', jupyter(), /This is a Jupyter notebook/],
    ['any other JSON', 'package.json', '{"name": "atmo"}', /lacks paragraphs/],
    ['a damaged paragraph', 'a.zpln', '{"paragraphs": [{"text": 1}]}', /Paragraph 1/],
    ['another ending', 'a.py', 'print(1)', /Upload a Jupyter notebook/],
  ])('refuses %s', (_, fileName, content, message) => {
    expect(checkNotebook(fileName, content)).toEqual({
      kind: null,
      problem: expect.stringMatching(message) as string,
    });
  });
});
