import { describe, expect, it } from 'vitest';

import { checkNotebook } from '../../../shared/domain/notebook/check-notebook.ts';
import { notebookText } from '../../notebooks/notebooks.ts';

const code = (source: unknown, metadata: object = {}) => ({ cell_type: 'code', source, outputs: [], metadata });
const jupyter = (changes: object = {}): string =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [code('print(1)')], ...changes });

const problemOf = (fileName: string, content: string): string | null => checkNotebook(fileName, content).problem;

const good = (content: string, fileName = 'a.ipynb') => {
  const check = checkNotebook(fileName, content);
  if (check.problem !== null) throw new Error(check.problem);
  return check;
};
const stored = (content: string) =>
  JSON.parse(good(content).content) as { metadata: Record<string, unknown>; cells: Record<string, unknown>[] };
const warningsOf = (...cells: readonly object[]) => good(jupyter({ cells })).warnings;

describe('a notebook that can run', () => {
  it.each(['greeting', 'failed-before', 'parameters-no-python'])('is %s', (name) => {
    const content = notebookText(`${name}.ipynb`);
    expect(good(content)).toMatchObject({ kind: 'jupyter', language: 'python', content });
  });

  it.each(['note.json', 'NOTE.ZPLN'])('is a Zeppelin note as %s', (fileName) => {
    const content = notebookText('city-sales.json');
    expect(good(content, fileName)).toMatchObject({ kind: 'zeppelin', language: null, cells: 6, content });
  });

  it('has every kind of cell, a source of either shape, and perhaps a byte order mark', () => {
    const cells = [code(['a\n', 'b']), { cell_type: 'markdown', source: '# Hi' }, { cell_type: 'raw', source: '' }];
    const check = good(`\uFEFF${jupyter({ cells })}`);
    expect(check.cells).toBe(3);
    expect(check.content.startsWith('{')).toBe(true);
  });

  it('may be a note of Zeppelin 0.5, without a name and with empty paragraphs', () => {
    const note = JSON.stringify({ paragraphs: [{ config: {} }, { text: null }, { text: '%md hi', result: {} }] });
    expect(JSON.parse(good(note, 'Old note.json').content)).toMatchObject({
      name: 'Old note',
      paragraphs: [{}, {}, {}],
    });
  });

  it('stays as it is to the digit where it lacks nothing', () => {
    const content = notebookText('greeting.ipynb').replace(
      '"nbformat": 4',
      '"rate": 1.0, "big": 9223372036854775807, "nbformat": 4',
    );
    expect(good(content).content).toBe(content);
  });
});

describe('what a notebook lacks', () => {
  it.each([
    ['metadata', { metadata: undefined }],
    ['a kernel and a language', { metadata: { kernelspec: null, language_info: null } }],
  ])('is filled in: %s', (_, changes) => {
    expect(stored(jupyter(changes)).metadata).toMatchObject({
      kernelspec: { name: 'python3', language: 'python' },
      language_info: { name: 'python' },
    });
  });

  it('is filled in: parts of cells', () => {
    const cells = [
      { cell_type: 'code' },
      { cell_type: 'code', metadata: { tags: null, kept: 1 }, source: 'x', outputs: null, execution_count: 3 },
      { cell_type: 'markdown', metadata: null, source: null },
    ];
    expect(stored(jupyter({ nbformat_minor: 4, cells })).cells).toEqual([
      { cell_type: 'code', metadata: {}, source: '', outputs: [], execution_count: null },
      { cell_type: 'code', metadata: { tags: [], kept: 1 }, source: 'x', outputs: [], execution_count: 3 },
      { cell_type: 'markdown', metadata: {}, source: '' },
    ]);
  });

  it('is filled in: an id for each cell, unlike all others and the same each time', () => {
    const ids = ['cell-2', undefined, 'cell-2', 'not an id', 'fine', null];
    const cells = ids.map((id) => Object.assign(code('1'), { id }));
    const completed = stored(jupyter({ nbformat_minor: undefined, cells })).cells.map(({ id }) => id);
    expect(completed).toEqual(['cell-2', 'cell-2-2', 'cell-3', 'cell-4', 'fine', 'cell-6']);
  });

  it('is null for the numbers that JSON does not have, and the person is told', () => {
    const content = jupyter({ metadata: { a: '<1>', b: 'NaN stays' }, cells: [code('x = "-Infinity"')] }).replace(
      '"<1>"',
      '[NaN, -Infinity]',
    );
    const check = good(content);
    expect(check.warnings).toEqual([expect.stringMatching(/contains NaN and -Infinity, which is not valid JSON/)]);
    expect(JSON.parse(check.content)).toMatchObject({
      metadata: { a: [null, null], b: 'NaN stays' },
      cells: [{ source: 'x = "-Infinity"' }],
    });
  });
});

describe('what a notebook has', () => {
  it('is kept: its kernel, its language, the minor format that needs no ids', () => {
    const metadata = { kernelspec: { name: 'conda-py' }, language_info: { name: 'python', version: '3.11' }, kept: 1 };
    const content = jupyter({ nbformat_minor: 4, metadata, cells: [{ ...code('1'), execution_count: 2 }] });
    expect(good(content).content).toBe(content);
  });

  it.each([-1, 4.5, '4', null])('is not a minor format of %j: the newest is taken', (minor) => {
    expect(stored(jupyter({ nbformat_minor: minor }))).toMatchObject({ nbformat_minor: 5, cells: [{ id: 'cell-1' }] });
  });

  it('stays readable where something is filled in', () => {
    expect(good(jupyter()).content).toContain('\n "cells": [\n  {\n   "cell_type": "code"');
  });

  it('may be as much as is read', () => {
    const outputs = Array.from({ length: 100_000 }, () => ({}));
    expect(problemOf('a.ipynb', jupyter({ cells: [{ ...code('1'), outputs }] }))).toBeNull();
    expect(good(jupyter({ cells: Array.from({ length: 10_000 }, () => code('')) })).cells).toBe(10_000);
    const note = (count: number) => JSON.stringify({ paragraphs: Array.from({ length: count }, () => ({})) });
    expect(good(note(10_000), 'a.zpln').cells).toBe(10_000);
    expect(problemOf('a.zpln', note(10_001))).toMatch(/has 10001 paragraphs; at most 10000 are allowed/);
  });

  it('is a note’s own name, else that of the file without its last ending', () => {
    const name = (note: object) => JSON.parse(good(JSON.stringify(note), 'sales.v2.zpln').content) as unknown;
    expect(name({ name: 'Sales', paragraphs: [{}] })).toMatchObject({ name: 'Sales' });
    expect(name({ name: null, paragraphs: [{}] })).toMatchObject({ name: 'sales.v2' });
  });

  it('is an id of up to 64 letters, digits, hyphens and underscores', () => {
    const ids = ['a'.repeat(64), 'a'.repeat(65), '', 'a.b', 'A_b-9', 7];
    const cells = ids.map((id) => ({ ...code('1'), id }));
    const kept = stored(jupyter({ cells })).cells.map(({ id }, index) => id === ids[index]);
    expect(kept).toEqual([true, false, false, false, true, false]);
  });
});

describe('what cannot run', () => {
  const damaged = (cell: object): string => jupyter({ cells: [code('1'), cell] });

  it.each([
    ['a renamed text file', 'a.ipynb', 'hello', /not JSON/],
    ['nothing', 'a.ipynb', '', /not JSON/],
    ['half a string', 'a.ipynb', '{"cells": "', /not JSON/],
    ['JSON that is no object', 'a.json', '[]', /not a notebook/],
    ['null', 'a.json', 'null', /not a notebook/],
    ['JSON of something else', 'a.ipynb', '{"cells": []}', /nbformat is missing/],
    ['an old notebook', 'a.ipynb', jupyter({ nbformat: 3 }), /format 3; format 4 is needed/],
    ['a notebook of the future', 'a.ipynb', jupyter({ nbformat: 5 }), /format 5; format 4 is needed/],
    ['a notebook without cells', 'a.ipynb', jupyter({ cells: undefined }), /has no cells/],
    ['a notebook with an empty list of cells', 'a.ipynb', jupyter({ cells: [] }), /has no cells/],
    ['metadata of another shape', 'a.ipynb', jupyter({ metadata: [] }), /metadata of the notebook is damaged/],
    ['a cell of no known kind', 'a.ipynb', damaged({ cell_type: 'magic', source: '' }), /Cell 2/],
    ['a cell that is none', 'a.ipynb', jupyter({ cells: [null] }), /Cell 1/],
    ['a source of numbers', 'a.ipynb', damaged({ cell_type: 'code', source: [1] }), /Cell 2/],
    ['tags of another shape', 'a.ipynb', damaged(code('1', { tags: { parameters: true } })), /Cell 2/],
    ['outputs that are none', 'a.ipynb', damaged({ ...code('1'), outputs: [1] }), /Cell 2/],
    [
      'more cells than anyone writes',
      'a.ipynb',
      jupyter({ cells: Array.from({ length: 10_001 }, () => code('')) }),
      /10001 cells/,
    ],
    [
      'more outputs than anyone reads',
      'a.ipynb',
      jupyter({ cells: [{ ...code('1'), outputs: Array.from({ length: 100_001 }, () => ({})) }] }),
      /over 100000 outputs/,
    ],
    ['a Zeppelin note with Jupyter’s ending', 'a.ipynb', '{"paragraphs": []}', /This is a Zeppelin note/],
    ['a Jupyter notebook with Zeppelin’s ending', 'a.json', jupyter(), /This is a Jupyter notebook/],
    ['any other JSON', 'package.json', '{"name": "atmo"}', /paragraphs are missing/],
    ['a note without paragraphs', 'a.zpln', '{"paragraphs": []}', /no paragraphs/],
    ['a damaged paragraph', 'a.zpln', '{"paragraphs": [{"text": 1}]}', /Paragraph 1/],
    ['another ending', 'a.py', 'print(1)', /Upload a Jupyter notebook/],
    ['an ending before the last', 'a.ipynb.txt', jupyter(), /Upload a Jupyter notebook/],
    ['cells that are no list', 'a.ipynb', jupyter({ cells: {} }), /has no cells/],
    ['metadata of a cell that are none', 'a.ipynb', damaged(code('1', [])), /Cell 2/],
    ['tags that are no texts', 'a.ipynb', damaged(code('1', { tags: [1] })), /Cell 2/],
    ['outputs that are no list', 'a.ipynb', damaged({ ...code('1'), outputs: {} }), /Cell 2/],
    ['outputs of which one is none', 'a.ipynb', damaged({ ...code('1'), outputs: [{}, null] }), /Cell 2/],
    ['a source that is a number', 'a.ipynb', damaged({ cell_type: 'code', source: 1 }), /Cell 2/],
    ['paragraphs that are none', 'a.zpln', '{"paragraphs": [{}, []]}', /Paragraph 2/],
  ])('is %s', (_, fileName, content, message) => {
    expect(problemOf(fileName, content)).toMatch(message);
  });

  it.each([
    ['the deepest that is read', 98, null],
    ['one level more', 99, /nested over 100 levels/],
  ])('%s', (_, levels, problem) => {
    const deep = `${'['.repeat(levels)}${']'.repeat(levels)}`;
    const found = problemOf('a.ipynb', jupyter({ metadata: { deep: '<>' } }).replace('"<>"', deep));
    if (problem === null) expect(found).toBeNull();
    else expect(found).toMatch(problem);
  });

  it.each([
    ['20 MB of brackets', '['.repeat(20_000_000), /nested over 100 levels/],
    ['many lists', `[${'[],'.repeat(250_000)}[]]`, /too much data/],
    ['many fields', `{${'"a":0,'.repeat(250_000)}}`, /too much data/],
    ['many values', `[${'0,'.repeat(4_000_001)}]`, /too much data/],
    ['many numbers that are none', `[${'NaN,'.repeat(10_001)}]`, /too much data/],
  ])('is %s, and it is not parsed to find out', (_, content, message) => {
    expect(problemOf('a.ipynb', content)).toMatch(message);
  });

  it('does not count what is within strings', () => {
    expect(problemOf('a.ipynb', jupyter({ cells: [code(`${'[{'.repeat(1_000_000)}\\"`)] }))).toBeNull();
  });
});

describe('the language', () => {
  const withKernel = (kernelspec: object | null, info: object | null = null): string =>
    jupyter({ metadata: { kernelspec, language_info: info } });

  it.each([
    ['a Python kernel', { name: 'python3', language: 'python' }, { name: 'python' }],
    ['EMR’s PySpark', { name: 'pysparkkernel', language: '' }, { name: 'pyspark' }],
    ['EMR’s PySpark by its kernel alone', { name: 'pysparkkernel' }, null],
    ['a kernel of one’s own', { name: 'conda-env-team-py', language: 'Python' }, null],
    ['an unknown kernel that says nothing', { name: 'team' }, null],
    ['a recorded language', null, { name: 'ipython' }],
    ['a recorded language with its version', null, { name: 'Python3.11' }],
    ['a kernel in capitals', { name: ' IPython3 ', language: 7 }, null],
    ['a kernel and a language that disagree', { name: 'ir', language: 'R' }, { name: 'python' }],
  ])('is Python for %s', (_, kernelspec, info) => {
    expect(problemOf('a.ipynb', withKernel(kernelspec, info))).toBeNull();
  });

  it.each([
    ['R', { name: 'ir', language: 'R' }, { name: 'R' }],
    ['R', { name: 'ir' }, null],
    ['R', { name: 'sparkrkernel' }, null],
    ['scala', { name: 'sparkkernel', language: 'scala' }, null],
    ['Scala', { name: 'sparkkernel', language: '' }, null],
    ['julia', { name: 'julia-1.11', language: 'julia' }, null],
    ['C#', { name: '.net-csharp', language: 'C#' }, null],
    ['bash', null, { name: 'bash' }],
    ['Bash', { name: 'calysto_bash' }, null],
    ['Scala', { name: 'Almond' }, null],
    ['pythonic', { name: 'team', language: ' pythonic ' }, null],
  ])('is refused by its name: %s', (language, kernelspec, info) => {
    expect(problemOf('a.ipynb', withKernel(kernelspec, info))).toMatch(
      new RegExp(`written in ${language.replace('#', '#')}\\. Jupyter notebooks run in Python`),
    );
  });

  it('is warned about where it is Python 2', () => {
    const old = withKernel({ name: 'python2', language: 'python' }, { name: 'python', version: '2.7.18' });
    expect(good(old).warnings).toEqual([
      'The notebook was saved with Python 2.7.18. Runs use Python 3: print statements and other old code fail.',
    ]);
  });

  it.each(['3.2.0', '', undefined])('is not warned about where its version is %j', (version) => {
    expect(good(withKernel({ name: 'python3' }, { name: 'python', version })).warnings).toEqual([]);
  });

  it('is named shortly, however long the file makes it', () => {
    expect(problemOf('a.ipynb', withKernel({ language: 'q'.repeat(51) }))).toContain(`written in ${'q'.repeat(50)}.`);
    const version = `2.${'7'.repeat(30)}`;
    expect(good(withKernel({ name: 'python2' }, { name: 'python', version })).warnings).toEqual([
      expect.stringContaining(`Python ${version.slice(0, 20)}. Runs`),
    ]);
  });
});

describe('warnings', () => {
  it.each([
    ['%%configure -f\n{}', /^Cell 1 uses %%configure,.*SparkSession\.builder/],
    ['\n%%sql -o frame\nselect 1', /^Cell 1 uses %%sql,.*spark\.sql/],
    ['%%local\nx = 1', /^Cell 1 uses %%local,/],
    ['import a\n%matplot plt', /^Cell 1 uses %matplot,/],
    ['%load_ext sparkmagic.magics', /^Cell 1 uses %load_ext sparkmagic/],
  ])('name the magic of %j', (source, message) => {
    expect(warningsOf(code(source))).toEqual([expect.stringMatching(message)]);
  });

  it('name each cell that uses a magic, among the code cells', () => {
    const cells = [{ cell_type: 'markdown', source: '%%sql' }, code('%%sql\na'), code('1'), code('%%sql\nb')];
    expect(warningsOf(...cells)).toEqual([expect.stringMatching(/^Cells 1 and 3 use %%sql/)]);
  });

  it.each(['%%bash\nls', '%%time\nx', '%%writefile a.py\n%spark', '%matplotlib inline', 'x = "%%sql"', '%sparkline'])(
    'are not given for %j',
    (source) => {
      expect(warningsOf(code(source))).toEqual([]);
    },
  );

  it('are not given for SQL with the extension that brings it', () => {
    expect(warningsOf(code('%load_ext sql'), code('%%sql\nselect 1'))).toEqual([]);
  });

  it('tell of a second parameters cell, of parameters of an earlier run, and of no code at all', () => {
    const tagged = (...tags: string[]) => code('x = 1', { tags });
    expect(warningsOf(code('1'), tagged('parameters'), tagged('a', 'parameters'))).toEqual([
      expect.stringMatching(/^Cells 2 and 3 are tagged "parameters".*offers those of cell 2/),
    ]);
    expect(warningsOf(tagged('parameters'), tagged('injected-parameters'))).toEqual([
      expect.stringMatching(/^Cell 2 holds parameters of an earlier run/),
    ]);
    expect(warningsOf({ cell_type: 'markdown', source: 'hi' })).toEqual([expect.stringMatching(/no code cell/)]);
  });
});

describe('the parameters that a notebook offers', () => {
  const offered = (source: string) =>
    JSON.parse(
      JSON.stringify(good(jupyter({ cells: [code('a = 0'), code(source, { tags: ['parameters'] })] })).parameters),
    ) as unknown;

  it.each([
    ['x = 7', '7', 'int'],
    ['x: int = 1', '1', 'int'],
    ['x = 1_000', '1000', 'int'],
    ['x = 9223372036854775807', '9223372036854775807', 'int'],
    ['x = -0x1f', '-31', 'int'],
    ['x = 1.0  # rate', '1.0', 'float'],
    ['x = .5', '0.5', 'float'],
    ['x = 2.', '2.0', 'float'],
    ['x = 1e-3', '1e-3', 'float'],
    ['x = "a\\"b\\n\\u00e9"', JSON.stringify('a"b\né'), 'str'],
    ["x = r'\\d'", JSON.stringify('\\d'), 'str'],
    ['x = """two\nlines"""', JSON.stringify('two\nlines'), 'str'],
    ['x = True;', 'true', 'bool'],
    ['x = None', 'null', 'None'],
    ['x: "Optional[str]" = None', 'null', '"Optional[str]"'],
    ['x = [\n  "a",  # first\n  [1.50, ()],\n]', '["a",[1.50,[]]]', 'list'],
    ['x = (1, 2)', '[1,2]', 'list'],
    ['x = {"a": 1, "__proto__": {}}', '{"a":1,"__proto__":{}}', 'dict'],
  ])('%j', (source, value, type) => {
    const [parameter] = good(jupyter({ cells: [code(source, { tags: ['parameters'] })] })).parameters;
    expect(parameter).toMatchObject({ name: 'x', type });
    expect(JSON.stringify(parameter?.default)).toBe(value);
  });

  it.each([
    'x = now()',
    'x = 1 + 1',
    'x = "a" "b"',
    'x = f"{y}"',
    'x = (1)',
    'x = {1}',
    'x = 1j',
    "x = 'open",
    'x = [1',
  ])('have no default where it is computed: %s', (source) => {
    expect(offered(source)).toEqual([{ name: 'x', default: null, type: null }]);
  });

  it('have the type of their annotation, cut to 100 characters, else that of their value', () => {
    expect(offered(`a: ${'T'.repeat(101)} = 1\nb : Dict[str, int]= f()\nc\t=\t1E5\nd = []`)).toEqual([
      { name: 'a', default: 1, type: 'T'.repeat(100) },
      { name: 'b', default: null, type: 'Dict[str, int]' },
      { name: 'c', default: 1e5, type: 'float' },
      { name: 'd', default: [], type: 'list' },
    ]);
  });

  it('have no default over 2000 characters', () => {
    expect(offered(`x = "${'a'.repeat(1998)}"\ny = "${'a'.repeat(1999)}"\nz = 1`)).toEqual([
      { name: 'x', default: 'a'.repeat(1998), type: 'str' },
      { name: 'y', default: null, type: null },
      { name: 'z', default: 1, type: 'int' },
    ]);
  });

  it('are a hundred at most', () => {
    const lines = (count: number): string => Array.from({ length: count }, (_, n) => `x${n} = ${n}`).join('\n');
    expect([offered(lines(100)), offered(lines(101))].map((all) => (all as unknown[]).length)).toEqual([100, 100]);
  });

  it('are not names that Python or a run cannot take', () => {
    expect(offered('None = 1\n__proto__ = 2\na.b = 3\n1x = 4\n x = 5\ny += 6\nz = 7')).toEqual([
      { name: 'z', default: 7, type: 'int' },
    ]);
  });

  it('are not those of a text that is tagged so', () => {
    const tagged = { cell_type: 'markdown', source: 'x = 1', metadata: { tags: ['parameters'] } };
    expect(good(jupyter({ cells: [tagged] })).parameters).toEqual([]);
  });

  it('are those of the first such cell, each once, with names that can be given', () => {
    expect(
      offered('day = "mon"\nif x == 1:\n  y = 2\nday = "tue"\nclass A: pass\nz == 3\nd: str = """\ne = 1\n"""'),
    ).toEqual([
      { name: 'day', default: 'tue', type: 'str' },
      { name: 'd', default: '\ne = 1\n', type: 'str' },
    ]);
    expect(good(jupyter()).parameters).toEqual([]);
  });
});
