import { existsSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { notebookOf } from './notebook.ts';
import { startSparkStack, type SparkStack } from './spark-stack.ts';

const INJECTED = '/tmp/atmo-injected-by-a-name';

const NAMES = [
  'with space.txt',
  `it's "quoted".txt`,
  '$HOME ${PATH} %s {braces}.txt',
  `$(touch ${INJECTED.replaceAll('/', '\\057')}).txt`,
  '`id`; rm -rf *.txt',
  'Übergröße 東京 🎉.txt',
  'two\nlines.txt',
  '-rf.txt',
  '#hash?query=1&more+plus%20.txt',
];

const WRITE_ALL = `
import gzip, os, pathlib
for name in ${JSON.stringify(NAMES)}:
    open(name, "w").write(name)
folder = pathlib.Path("deep", "und tief")
folder.mkdir(parents=True)
(folder / "outcome.json").write_text("[]")
gzip.open("table.csv.gz", "wt").write("a,b\\n1,2\\n")
gzip.open("archive.tar.gz", "wb").write(b"tar")
open("picture.svg", "w").write("<svg xmlns='http://www.w3.org/2000/svg'/>")
open("events.json.gz", "wb").write(gzip.compress(b"{}"))
open(b"latin-\\xfc.txt", "w").write("no UTF-8")
open("unknown", "wb").write(bytes(range(256)))
os.symlink("/etc/passwd", "link.txt")
os.mkfifo("pipe.txt")
`;

describe('names that mean something to a shell, a URL or a template', () => {
  let stack: SparkStack;
  beforeAll(async () => {
    stack = await startSparkStack();
  });
  afterAll(() => stack.close());

  it('break and inject nothing, neither as files of results nor as the notebook', async () => {
    const { output, ...outcome } = await stack.run({
      runId: 'names',
      key: `jobs/it's a "note" $(id) {x} ü\n🎉/n%20b+?#.ipynb`,
      notebook: notebookOf(WRITE_ALL),
    });
    expect(outcome, output).toEqual({ executed: true, exitCode: 0 });

    const files = await stack.list('job/runs/names/files/');
    expect(files).toEqual(expect.arrayContaining(NAMES));
    for (const name of NAMES) expect((await stack.get(`job/latest/files/${name}`)).body).toBe(name);
    expect(existsSync(INJECTED)).toBe(false);

    // Readable as far as it goes; links lead out of the folder and pipes to nobody.
    expect(files).toContain('latin-\uFFFD.txt');
    expect(files).not.toContain('link.txt');
    expect(files).not.toContain('pipe.txt');
    // A file of the notebook's cannot pass for ours.
    expect((await stack.outcome('names')).status).toBe('succeeded');
    expect((await stack.get('job/runs/names/files/deep/und tief/outcome.json')).body).toBe('[]');
  });

  it.each([
    ['table.csv.gz', 'text/csv; charset=utf-8', 'gzip'],
    ['events.json.gz', 'application/json', 'gzip'],
    ['archive.tar.gz', 'application/gzip', undefined],
    ['picture.svg', 'image/svg+xml', undefined],
    ['unknown', 'application/octet-stream', undefined],
  ])('gives %s the type %s', async (name, contentType, contentEncoding) => {
    const file = await stack.get(`job/latest/files/${name}`);
    expect(file).toMatchObject({ contentType, contentEncoding });
    if (name === 'table.csv.gz') expect(gunzipSync(file.bytes).toString()).toBe('a,b\n1,2\n');
  });

  it('refuses a parameter whose name is code', async () => {
    const run = await stack.run({
      runId: 'parameter',
      notebook: notebookOf('print("never")'),
      parameters: { 'x = 1; import os; os.system("id")  #': 1 },
    });
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 1 });
    expect(await stack.outcome('parameter')).toMatchObject({
      status: 'failed',
      failure: null,
      reason: expect.stringContaining('cannot be the name of a parameter'),
    });
  });

  it('says why a notebook cannot run at all', async () => {
    await stack.run({ runId: 'text', notebook: 'this is no notebook' });
    expect(await stack.outcome('text')).toMatchObject({
      status: 'failed',
      reason: expect.stringContaining('The notebook cannot be read'),
    });
  });
});
