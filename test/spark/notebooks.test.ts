import { execFileSync } from 'node:child_process';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { notebookText } from '../notebooks/notebooks.ts';
import { cellsOf, cellWith, notebookOf, printed } from './notebook.ts';
import { SPARK, startSparkStack, type SparkStack } from './spark-stack.ts';
import { SCRIPTS } from '../../local/spark/paths.ts';

/** Runs Python beside the scripts, with values as JSON in `sys.argv[1]`, and resolves with what it prints as JSON. */
const python = (folder: string, code: string, value: unknown): unknown =>
  JSON.parse(
    execFileSync(SPARK.python, ['-B', '-c', code, JSON.stringify(value)], {
      cwd: path.join(SCRIPTS, folder),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  );

describe("the kernel's names of Spark", () => {
  it.each([
    ['df = spark.range(3)', ['spark']],
    ['%%time\ndf = spark.range(3)', ['spark']],
    ['%time spark.range(3).count()', ['spark']],
    ['%%timeit -n 3\nsc.parallelize([1]).count()', ['sc']],
    ['%timeit -n 3 spark.range(3)', ['spark']],
    ['%%time\n!echo {spark.version}', ['spark']],
    ['!echo {spark.version}', ['spark']],
    ['spark = spark.newSession()', ['spark']],
    ['def load(spark, p):\n    return spark.read.csv(p)\nload(spark, "s3://…")', ['spark']],
    ['def load(p):\n    return [spark.read.csv(q) for q in p]', ['spark']],
    ['await spark.soon()', ['spark']],
    ['spark = build()\nspark.range(3)', []],
    ['%%time\nspark = build()\nspark.range(3)', []],
    ['def load(spark):\n    return spark.range(3)', []],
    ['def init():\n    global spark\n    spark = build()\ninit()\nspark.range(3)', []],
    ['from mine import spark\nspark.range(3)', []],
    ['%%writefile job.py\nspark.range(3)', []],
    ['%pip install spark-nlp', []],
    ['!spark-submit job.py', []],
    ['no python', []],
  ])('%j wants %j', (cell, names) => {
    const code = `import json, sys
from atmo_pyspark import names_wanted
from IPython.core.inputtransformer2 import TransformerManager
print(json.dumps(sorted(names_wanted(TransformerManager().transform_cell(json.loads(sys.argv[1]))))))`;
    expect(python('kernel', code, cell)).toEqual(names);
  });
});

describe('what is saved meanwhile', () => {
  it('is uploaded in the background, the latest at last', () => {
    const code = `import json, sys, tempfile, time
from pathlib import Path
from atmo_run.results import Results
from atmo_run.storage import S3Location
bodies = []
class Slow:
    def write(self, location, body, headers):
        time.sleep(0.2)
        bodies.append(body.decode())
    def upload(self, location, file, headers):
        bodies.append("uploaded " + file.read_text())
results = Results(Slow(), S3Location("b", "job/"), "r", Path(tempfile.mkdtemp()))
for number in range(40):
    results.save("notebook.ipynb", str(number))
results.upload(results.folder)
print(json.dumps(bodies))`;
    const bodies = python('steps', code, null) as string[];
    expect(bodies.slice(-2)).toEqual(['39', 'uploaded 39']);
    expect(bodies.length).toBeLessThan(5);
  });
});

describe('rendering', () => {
  it.each([
    [60, ['notebook.html', 'notebook.ipynb', 'notebook.md'], ''],
    [0.01, ['notebook.ipynb'], 'timed out after'],
  ])('in %d seconds leaves %j', (seconds, files, warning) => {
    const code = `import io, json, logging, os, sys, tempfile
from pathlib import Path
from atmo_run.render_apart import render_apart
log = io.StringIO()
logging.basicConfig(stream=log, level=logging.WARNING)
folder = Path(tempfile.mkdtemp())
seconds, notebook = json.loads(sys.argv[1])
(folder / "notebook.ipynb").write_text(notebook)
render_apart(folder, seconds)
print(json.dumps([sorted(os.listdir(folder)), log.getvalue()]))`;
    expect(python('steps', code, [seconds, notebookOf('1')])).toEqual([files, expect.stringContaining(warning)]);
  });
});

describe('run-notebook.sh', () => {
  let stack: SparkStack;
  beforeAll(async () => {
    stack = await startSparkStack();
  });
  afterAll(() => stack.close());

  it('runs a simple notebook with a parameter', async () => {
    // What a shell, Python or JSON might take for something else.
    const msg = `it's "$HOME" \`id\` $(id) ü 🎉\\n\nand a second line`;
    const { output, ...outcome } = await stack.run({
      runId: 'simple',
      notebook: notebookText('greeting.ipynb'),
      parameters: { who: msg },
    });
    expect(outcome, output).toEqual({ executed: true, exitCode: 0 });

    const { body, contentType } = await stack.get('job/runs/simple/notebook.ipynb');
    expect(printed(cellWith(body, 'print(who)'))).toBe(`${msg}\n`);
    expect(contentType).toBe('application/x-ipynb+json');
    expect(await stack.outcome('simple')).toMatchObject({ status: 'succeeded', failure: null, reason: null });
  });

  it('stops at the failing cell of a notebook that failed before', async () => {
    const run = await stack.run({ runId: 'broken', notebook: notebookText('failed-before.ipynb') });
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 1 });
    expect(run.output.trimEnd().split('\n').at(-1)).toBe('Run failed. The notebook failed in cell 2: AssertionError');
    const outcome = await stack.outcome('broken');
    expect(outcome.failure).toMatchObject({
      cell: 2,
      source: 'assert all(stock.values())',
      errorName: 'AssertionError',
    });
    const { body } = await stack.get('job/runs/broken/notebook.ipynb');
    expect(cellWith(body, 'All kinds are in stock')?.outputs).toEqual([]);
  });

  it('explains a notebook whose parameters are no Python', async () => {
    const run = await stack.run({
      runId: 'complex',
      notebook: notebookText('parameters-no-python.ipynb'),
      parameters: { limit: 10 },
    });
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 1 });
    expect((await stack.outcome('complex')).failure).toMatchObject({ cell: 1, errorName: 'SyntaxError' });
  });

  it('gives a notebook the Spark session that it builds itself', async () => {
    const run = await stack.run({
      runId: 'own-session',
      notebook: notebookOf(
        'from pyspark.sql import SparkSession\nspark = SparkSession.builder.appName("my own").config("spark.driver.maxResultSize", "77m").getOrCreate()',
        'print(spark.sparkContext.appName, spark.conf.get("spark.driver.maxResultSize"))',
      ),
    });
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 0 });
    const executed = (await stack.get('job/runs/own-session/notebook.ipynb')).body;
    expect(printed(cellsOf(executed)[1])).toBe('my own 77m\n');
  });

  it('says why Spark cannot start, and tries again', async () => {
    const run = await stack.run({
      runId: 'no-spark',
      notebook: notebookOf(
        'import os\nos.environ["JAVA_HOME"] = "/nowhere"',
        'try:\n    spark.range(3)\nexcept Exception as error:\n    print(error)',
        'print("spark" in globals())',
        'spark.range(3)',
      ),
    });
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 1 });
    const executed = (await stack.get('job/runs/no-spark/notebook.ipynb')).body;
    expect(printed(cellWith(executed, 'except Exception'))).toContain('JAVA_GATEWAY_EXITED');
    expect(printed(cellWith(executed, 'in globals()'))).toBe('False\n');
    expect((await stack.outcome('no-spark')).failure).toMatchObject({
      cell: 4,
      errorName: 'PySparkRuntimeError',
      errorValue: expect.stringContaining('JAVA_GATEWAY_EXITED'),
    });
  });

  it.each(['import sys\nsys.exit(0)', 'raise SystemExit'])('takes %j for an early end', async (source) => {
    const run = await stack.run({ runId: 'exit', notebook: notebookOf('!command -v pip', source, 'print("never")') });
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 0 });
    expect(await stack.outcome('exit')).toMatchObject({ status: 'succeeded', failure: null });
    const executed = (await stack.get('job/runs/exit/notebook.ipynb')).body;
    expect(printed(cellWith(executed, 'command -v pip'))).toContain(path.join(SPARK.venv, 'bin/pip'));
    expect(cellWith(executed, 'print("never")')?.outputs).toEqual([]);
  });

  it('fails with a notebook that exits with another status', async () => {
    const run = await stack.run({ runId: 'exit-3', notebook: notebookOf('import sys\nsys.exit(3)') });
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 1 });
    expect((await stack.outcome('exit-3')).failure).toMatchObject({ cell: 1, errorName: 'SystemExit' });
  });

  it('stores the outcome before it renders, and saves after code only', async () => {
    const text = { cell_type: 'markdown', id: 'text', metadata: {}, source: '# Title' };
    const notebook = JSON.parse(notebookOf('print("one")')) as { cells: unknown[] };
    let meanwhile: Promise<string> | undefined;
    const run = await stack.run({
      runId: 'rendering',
      notebook: JSON.stringify({ ...notebook, cells: [text, ...notebook.cells, { ...text, id: 'more' }] }),
      onOutput: (output) => {
        if (output.includes('INFO Rendering')) meanwhile = stack.outcome('rendering').then(({ status }) => status);
      },
    });
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 0 });
    expect(await meanwhile).toBe('succeeded');
    expect(run.output.match(/Cell \d+ begins/g)).toHaveLength(1);
    expect((await stack.get('job/latest/notebook.html')).body).toContain('Title');
  });

  it('stops at a failing third cell, and mirrors each run as the latest', async () => {
    const good = notebookOf('open("only in the first run.txt", "w").write("1")');
    await stack.run({ runId: 'before', notebook: good });
    expect(await stack.list('job/latest/')).toContain('files/only in the first run.txt');

    const run = await stack.run({
      runId: 'third',
      notebook: notebookOf(
        'print("one")',
        'print("two")',
        'def area(side):\n    return side / 0\narea(3)',
        'print("four")',
      ),
    });
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 1 });
    const outcome = await stack.outcome('third');
    expect(outcome).toMatchObject({ status: 'failed', reason: expect.stringContaining('cell 3: ZeroDivisionError') });
    expect(outcome.failure).toMatchObject({
      cell: 3,
      source: expect.stringContaining('area(3)'),
      errorName: 'ZeroDivisionError',
      errorValue: 'division by zero',
      traceback: expect.stringMatching(/area\(3\)[^]*return side \/ 0/),
    });
    // No colours of a terminal in it.
    expect(outcome.failure?.traceback).not.toContain('\u001B');
    expect(outcome.durations).toHaveLength(3);

    const executed = (await stack.get('job/runs/third/notebook.ipynb')).body;
    expect(printed(cellWith(executed, 'print("two")'))).toBe('two\n');
    expect(cellWith(executed, 'print("four")')?.outputs).toEqual([]);

    expect(await stack.outcome('third', 'latest')).toEqual(outcome);
    const files = await stack.list('job/runs/third/');
    expect(files).toContain('progress.json');
    // How far the run is concerns its own page alone.
    expect(await stack.list('job/latest/')).toEqual(files.filter((file) => file !== 'progress.json'));
    expect(await stack.list('job/runs/before/')).toContain('files/only in the first run.txt');
  });

  it('says what a notebook lacks that needs parameters', async () => {
    const notebook = notebookOf('print(source_table.upper(), limit + 1)');
    const without = await stack.run({ runId: 'lacks', notebook });
    expect(without).toMatchObject({ executed: true, exitCode: 1 });
    expect((await stack.outcome('lacks')).failure).toMatchObject({
      cell: 1,
      errorName: 'NameError',
      errorValue: "name 'source_table' is not defined",
    });

    await stack.run({ runId: 'given', notebook, parameters: { source_table: 'visits', limit: 41 } });
    const executed = (await stack.get('job/runs/given/notebook.ipynb')).body;
    expect(printed(cellWith(executed, 'source_table.upper()'))).toBe('VISITS 42\n');
    expect(cellsOf(executed)[0]?.metadata.tags).toContain('injected-parameters');
  });
});
