import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { SCRIPTS } from '../../local/spark/paths.ts';
import { notebookText } from '../notebooks/notebooks.ts';
import { SPARK, startSparkStack, type SparkStack } from './spark-stack.ts';
import { startZeppelinStandIn } from './zeppelin-stand-in.ts';

interface Note {
  readonly paragraphs: readonly {
    readonly id: string;
    readonly text?: string;
    readonly status: string;
    readonly results?: { readonly code: string; readonly msg: readonly { readonly data: string }[] };
  }[];
}

const citySales = notebookText('city-sales.json');
const { paragraphs } = JSON.parse(citySales) as Note;

/** What the paragraphs of the note showed when its author ran them. */
const recorded = (text: string) => {
  const paragraph = paragraphs.find((candidate) => (candidate.text ?? '') === text);
  return { code: 'SUCCESS', msg: (paragraph?.results?.msg ?? []) as { type: string; data: string }[] };
};

const PYSPARK_ERROR = `Fail to execute line 2: df.show()
Traceback (most recent call last):
  File "/tmp/zeppelin_python.py", line 158, in <module>
    exec(code, _zcUserQueryNameSpace)
  File "<stdin>", line 2, in <module>
NameError: name 'df' is not defined
`;

describe('a Zeppelin note, run through a stand-in of the REST API', () => {
  let stack: SparkStack;
  beforeAll(async () => {
    stack = await startSparkStack();
  });
  afterAll(() => stack.close());

  it('runs all paragraphs of a note in order and keeps their results', async () => {
    const zeppelin = await startZeppelinStandIn({ execute: recorded });
    const run = await stack.run({
      runId: 'note',
      key: 'jobs/note/City sales.zpln',
      notebook: citySales,
      environment: { ATMO_ZEPPELIN_URL: zeppelin.url },
    });
    await zeppelin.close();
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 0 });
    expect(zeppelin.started).toEqual(paragraphs.map(({ id }) => id));

    const stored = await stack.get('job/runs/note/notebook.zpln');
    expect(stored.contentType).toBe('application/json');
    const note = JSON.parse(stored.body) as Note;
    expect(note.paragraphs.map(({ status }) => status)).toEqual(paragraphs.map(() => 'FINISHED'));
    expect(note.paragraphs[4]?.results).toEqual(paragraphs[4]?.results);
    const outcome = await stack.outcome('note');
    expect(outcome).toMatchObject({ status: 'succeeded', failure: null });
    expect(outcome.durations).toHaveLength(paragraphs.length);

    const markdown = (await stack.get('job/latest/notebook.md')).body;
    expect(markdown).toContain('# City sales');
    expect(markdown).toContain('sales = spark.createDataFrame([("Berlin", 12.5)');
    expect(markdown).toMatch(/Berlin\s*\|?[^]*Oslo/);
    const html = (await stack.get('job/latest/notebook.html')).body;
    expect(html).toContain('<th>city</th><th>count</th>');
  });

  it('shows nothing old of a note that stops at its third paragraph', async () => {
    const zeppelin = await startZeppelinStandIn({
      execute: (text) =>
        text === paragraphs[2]?.text ? { code: 'ERROR', msg: [{ type: 'TEXT', data: PYSPARK_ERROR }] } : recorded(text),
    });
    const run = await stack.run({
      runId: 'note-fails',
      notebook: citySales,
      environment: { ATMO_ZEPPELIN_URL: zeppelin.url },
    });
    await zeppelin.close();
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 1 });
    expect(zeppelin.started).toHaveLength(3);
    const outcome = await stack.outcome('note-fails');
    expect(outcome).toMatchObject({
      status: 'failed',
      failure: {
        cell: 3,
        source: paragraphs[2]?.text,
        errorName: 'NameError',
        errorValue: "name 'df' is not defined",
        traceback: PYSPARK_ERROR.trim(),
      },
    });
    // The note was uploaded with its author's results: those of paragraphs that did not run are gone.
    const note = JSON.parse((await stack.get('job/runs/note-fails/notebook.zpln')).body) as Note;
    expect(note.paragraphs.slice(3).filter(({ results }) => results !== undefined)).toEqual([]);
  });

  it('hands parameters to the forms, and leaves out paragraphs that are switched off', async () => {
    const zeppelin = await startZeppelinStandIn({
      execute: (text, parameters) => ({
        code: 'SUCCESS',
        msg: [{ type: 'TEXT', data: `${text} ${JSON.stringify(parameters)}` }],
      }),
    });
    const note = {
      name: 'Forms',
      id: '2X',
      paragraphs: [
        { id: 'p1', text: '%sql select ${limit}', status: 'READY', config: {} },
        { id: 'p2', text: 'switched off', status: 'READY', config: { enabled: false } },
      ],
    };
    const run = await stack.run({
      runId: 'note-forms',
      notebook: JSON.stringify(note),
      parameters: { limit: 5, name: `"it's" $x` },
      environment: { ATMO_ZEPPELIN_URL: zeppelin.url },
    });
    await zeppelin.close();
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 0 });
    expect(zeppelin.started).toEqual(['p1']);
    const stored = JSON.parse((await stack.get('job/runs/note-forms/notebook.zpln')).body) as Note;
    expect(stored.paragraphs[0]?.results?.msg[0]?.data).toBe(
      '%sql select ${limit} {"limit":5,"name":"\\"it\'s\\" $x"}',
    );
  });

  it('outlives exports that Zeppelin leaves unanswered', async () => {
    let exports = 0;
    const zeppelin = await startZeppelinStandIn({
      execute: recorded,
      // The first, one in the middle, and the one after the last paragraph.
      unanswered: (_method, path) =>
        path.includes('/export/') && [1, 3, paragraphs.length + 1].includes((exports += 1)),
    });
    const run = await stack.run({
      runId: 'note-unanswered',
      notebook: citySales,
      environment: { ATMO_ZEPPELIN_URL: zeppelin.url },
    });
    await zeppelin.close();
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 0 });
    const note = JSON.parse((await stack.get('job/latest/notebook.zpln')).body) as Note;
    expect(note.paragraphs.at(-1)?.status).toBe('FINISHED');
  });

  it('stops a paragraph that never ends at the time limit', async () => {
    let stops = 0;
    const zeppelin = await startZeppelinStandIn({
      execute: (text) => (text === paragraphs[1]?.text ? null : recorded(text)),
      unanswered: (method) => method === 'DELETE' && (stops += 1) === 1,
    });
    const run = await stack.run({
      runId: 'note-endless',
      notebook: citySales,
      timeoutAt: new Date(Date.now() + 15_000).toISOString(),
      environment: { ATMO_ZEPPELIN_URL: zeppelin.url },
    });
    await zeppelin.close();
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 124 });
    expect(await stack.outcome('note-endless')).toMatchObject({
      status: 'timedOut',
      failure: { cell: 2, errorName: 'Aborted' },
    });
    const note = JSON.parse((await stack.get('job/latest/notebook.zpln')).body) as Note;
    expect(note.paragraphs.slice(0, 3).map(({ status }) => status)).toEqual(['FINISHED', 'ABORT', 'READY']);
  });

  it('is not executed where there is no Zeppelin', async () => {
    const run = await stack.run({ runId: 'no-zeppelin', notebook: citySales });
    expect(run, run.output).toMatchObject({ executed: true, exitCode: 0 });
    expect(await stack.outcome('no-zeppelin')).toMatchObject({
      status: 'notExecuted',
      reason: 'Zeppelin notes run on a cluster only: there is no Zeppelin on this machine.',
    });
  });
});

describe('setup-zeppelin.sh', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'atmo-zeppelin-'));
    mkdirSync(path.join(root, 'bin'));
    mkdirSync(path.join(root, 'mnt/atmo/home/zeppelin'), { recursive: true, mode: 0o777 });
    const fake = (name: string, script: string): void => {
      const file = path.join(root, 'bin', name);
      writeFileSync(file, `#!/bin/bash\nprintf '%s\\n' "${name} $*" >>'${root}/calls'\n${script}\n`);
      chmodSync(file, 0o755);
    };
    fake('sudo', 'exec "$@"');
    // A machine with a user zeppelin, without a change of file owners.
    fake('id', '[[ "$1" == -gn ]] && echo hadoop; exit 0');
    fake('chown', ':');
    fake('stat', `[[ "$2" == '%U %a' ]] && echo "zeppelin $(/usr/bin/stat -c %a "$3")"`);
    fake('find', ':');
    fake('systemctl', ':');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  /** Not spawnSync: the stand-in answers from this very process. */
  const setUp = (url: string) =>
    new Promise<{ status: number | null; output: string }>((resolve) => {
      const environment = {
        PATH: `${path.join(root, 'bin')}:${process.env['PATH'] ?? ''}`,
        ATMO_ROOT: root,
        ATMO_SCRIPTS: SCRIPTS,
        ATMO_VENV: SPARK.venv,
        ATMO_ZEPPELIN_URL: url,
        ATMO_ZEPPELIN_PATIENCE: '1',
      };
      const script = path.join(SCRIPTS, 'steps/setup-zeppelin.sh');
      const child = execFile(script, { env: environment }, (_error, stdout, stderr) =>
        resolve({ status: child.exitCode, output: `${stdout}${stderr}` }),
      );
    });
  const calls = (): string => readFileSync(path.join(root, 'calls'), 'utf8');

  it('gives Zeppelin its folder and the tutorial, once', async () => {
    const zeppelin = await startZeppelinStandIn({ execute: () => ({ code: 'SUCCESS', msg: [] }) });
    const first = await setUp(zeppelin.url);
    expect(first.status, first.output).toBe(0);
    expect(statSync(path.join(root, 'mnt/atmo/home/zeppelin')).mode & 0o777).toBe(0o770);
    expect(calls()).toContain(`chown -R zeppelin:hadoop ${root}/mnt/atmo/home/zeppelin`);
    expect([...zeppelin.notes.values()].map(({ path }) => path)).toEqual(['/ATMO/Tutorial']);

    rmSync(path.join(root, 'calls'));
    const second = await setUp(zeppelin.url);
    await zeppelin.close();
    expect(second.status, second.output).toBe(0);
    expect(zeppelin.notes.size).toBe(1);
    expect(calls()).not.toMatch(/^(chown|systemctl)/m);
  });

  it('restarts a Zeppelin that does not answer, and fails when that does not help', async () => {
    const { status, output } = await setUp('http://127.0.0.1:9');
    expect(status).toBe(1);
    expect(output).toContain('Zeppelin does not answer, not even after a restart');
    expect(calls()).toContain('systemctl restart zeppelin');
  });
});
