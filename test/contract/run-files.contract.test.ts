import { gzipSync } from 'node:zlib';

import { GetObjectCommand, PutObjectCommand, S3Client, type ListObjectsV2CommandInput } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { s3RunFiles } from '../../functions/adapters/s3-run-files.ts';
import { s3RunParameters } from '../../functions/adapters/s3-run-parameters.ts';
import { parseExactJson } from '../../shared/domain/exact-json.ts';
import { logsPrefix, parametersKey, resultsPrefix, type Run } from '../../shared/domain/run.ts';
import { finishedJob, runOf } from '../fakes/spark-job.ts';
import { startTestS3, type TestS3 } from './s3.ts';

let s3: TestS3;
beforeAll(async () => {
  s3 = await startTestS3(['notebooks', 'results', 'public', 'logs']);
});
afterAll(() => s3.stop());

const settings = {
  s3ForcePathStyle: 'true',
  notebooksBucket: 'notebooks',
  resultsBucket: 'results',
  publicResultsBucket: 'public',
  publicResultsUrl: 'https://results.example.com',
  logsBucket: 'logs',
};
const files = () => s3RunFiles(settings, s3.client);

/** Each test has a run of its own. */
const run = (identifier: string, changes: Partial<Run> = {}): Run =>
  runOf(finishedJob({}, { jobIdentifier: identifier, ...changes }));

const put = (Bucket: string, Key: string, Body: string | Uint8Array) =>
  s3.client.send(new PutObjectCommand({ Bucket, Key, Body }));
const putLog = (of: Run, name: string, text: string) =>
  put('logs', `${logsPrefix(of)}${of.jobflowId}/${name}`, gzipSync(text));

/** An S3 whose listing has two pages; it signs links as the real one. */
const listing = (pages: Readonly<Record<'first' | 'second', readonly string[]>>, prefix: string): S3Client =>
  Object.assign(new S3Client({ region: 'us-west-2', credentials: { accessKeyId: 'a', secretAccessKey: 's' } }), {
    send: async ({ input }: { input: ListObjectsV2CommandInput }) => ({
      Contents: pages[input.ContinuationToken === undefined ? 'first' : 'second'].map((name) => ({
        Key: `${prefix}${name}`,
        Size: 1,
      })),
      ...(input.ContinuationToken === undefined ? { NextContinuationToken: 'next' } : {}),
    }),
  });

const FAILURE = {
  cell: 3,
  source: '1/0',
  errorName: 'ZeroDivisionError',
  errorValue: 'division by zero',
  traceback: '…',
};

describe('parameters of a run in S3', () => {
  it('are the text that was given, to the digit', async () => {
    const text = '{"big":9223372036854775807,"rate":1.0,"client":"it\'s \\"q\\" \\\\ \\n日本"}';
    const of = run('exact', { parameters: parseExactJson(text) as Run['parameters'] });
    await s3RunParameters(settings, s3.client).write(of);
    const stored = await s3.client.send(new GetObjectCommand({ Bucket: 'notebooks', Key: parametersKey(of) }));
    expect(await stored.Body?.transformToString()).toBe(text);
  });

  it('are where the step reads them', async () => {
    const of = run('parameters', { parameters: { country: 'DE', days: [1, 2] } });
    await s3RunParameters(settings, s3.client).write(of);
    const object = await s3.client.send(new GetObjectCommand({ Bucket: 'notebooks', Key: parametersKey(of) }));
    expect(JSON.parse((await object.Body?.transformToString()) ?? '')).toEqual({ country: 'DE', days: [1, 2] });
  });
});

describe('the outcome of a run in S3', () => {
  const outcomeOf = async (identifier: string, content: string, changes: Partial<Run> = {}) => {
    const of = run(identifier, changes);
    await put(of.resultVisibility === 'public' ? 'public' : 'results', `${resultsPrefix(of)}outcome.json`, content);
    return files().outcome(of);
  };

  it('is read as the step wrote it', async () => {
    const written = { status: 'failed', failure: FAILURE, reason: 'cell 3', durations: [1], versions: { python: '3' } };
    const read = { status: 'failed', failure: FAILURE, reason: 'cell 3' };
    expect(await outcomeOf('outcome-a', JSON.stringify(written))).toEqual(read);
    expect(await outcomeOf('outcome-b', JSON.stringify(written), { resultVisibility: 'public' })).toEqual(read);
  });

  it('is unknown where none was written, or nothing that is one', async () => {
    expect(await files().outcome(run('outcome-none'))).toBeNull();
    for (const content of [' ', '{', '[]', '"failed"', '{"status":"odd"}'])
      expect(await outcomeOf('outcome-bad', content)).toBeNull();
  });

  it('makes do with a failure that says little, and shortens one that says too much', async () => {
    const sparse = await outcomeOf('outcome-sparse', '{"status":"failed","failure":{"cell":"x"}}');
    expect(sparse).toEqual({
      status: 'failed',
      failure: { cell: null, source: '', errorName: '', errorValue: '', traceback: '' },
      reason: null,
    });
    const traceback = `${'x'.repeat(1_000_000)}the end`;
    const long = await outcomeOf(
      'outcome-long',
      JSON.stringify({ status: 'failed', failure: { ...FAILURE, traceback } }),
    );
    expect(long?.failure?.traceback).toHaveLength(16_001);
    expect(long?.failure?.traceback).toMatch(/^…x+the end$/);
  });

  it('keeps 16,000 bytes of a text, and cuts no character in two', async () => {
    const traceback = `${'🔥'.repeat(10_000)}end`;
    const long = await outcomeOf(
      'outcome-bytes',
      JSON.stringify({ status: 'failed', failure: { ...FAILURE, traceback, source: 'é'.repeat(8000) } }),
    );
    expect(long?.failure?.traceback).toBe(`…${'🔥'.repeat(3999)}end`);
    expect(long?.failure?.source).toBe('é'.repeat(8000));
  });

  it('does not take a failing S3 for a missing file', async () => {
    const unknownBucket = s3RunFiles({ ...settings, resultsBucket: 'no-such-bucket' }, s3.client);
    await expect(unknownBucket.outcome(run('outcome-x'))).rejects.toMatchObject({ name: 'AwsFailed' });
  });
});

describe('the results of a run in S3', () => {
  it('are the run’s own, private ones by a link that needs no credentials', async () => {
    const of = run('results-a');
    await put('results', `${resultsPrefix(of)}notebook ü.ipynb`, '{}');
    await put('results', `${resultsPrefix(of)}plots/one.png`, 'png');
    await put('results', `results-a/latest/notebook.ipynb`, '{}');
    await put('results', `${resultsPrefix(run('results-ab'))}other`, 'x');
    const results = await files().results(of);
    expect(results.map(({ name, size }) => [name, size])).toEqual([
      ['notebook ü.ipynb', 2],
      ['plots/one.png', 3],
    ]);
    const answer = await fetch(results[1]?.url ?? '');
    expect(await answer.text()).toBe('png');
    expect(answer.headers.get('content-disposition')).toContain('filename="one.png"');
    expect(Number(new URL(results[1]?.url ?? '').searchParams.get('X-Amz-Expires'))).toBe(900);
  });

  it('are public ones by their lasting address', async () => {
    const of = run('results-b', { resultVisibility: 'public' });
    await put('public', `${resultsPrefix(of)}a b#.html`, 'x');
    expect(await files().results(of)).toMatchObject([
      { url: `https://results.example.com/results-b/runs/${of.id}/a%20b%23.html` },
    ]);
    expect(await files().results(run('results-none'))).toEqual([]);
  });
});

describe('a run that leaves thousands of files in S3', () => {
  it('has the first thousand listed, which an answer of a Lambda holds', async () => {
    const name = (n: number) => `${String(n).padStart(4, '0')}-${'part'.repeat(20)}`;
    const all = Array.from({ length: 1500 }, (_, n) => name(n));
    const pages = { first: all.slice(0, 999), second: all.slice(999) };
    const of = run('results-many');
    const many = s3RunFiles(settings, listing(pages, resultsPrefix(of)));
    const results = await many.results(of);
    expect(results.map((file) => file.name)).toEqual(all.slice(0, 1000));
    expect(JSON.stringify(results).length).toBeLessThan(5_000_000);
  });

  it('has as many of its logs listed', async () => {
    const of = run('logs-many');
    const all = Array.from({ length: 1500 }, (_, n) => `s-${n}/stderr.gz`);
    const many = s3RunFiles(settings, listing({ first: all, second: [] }, `${logsPrefix(of)}j-1/steps/`));
    expect(await many.logs(of)).toHaveLength(1000);
  });
});

describe('the logs of a run in S3', () => {
  it('are those of its steps, readable in a browser', async () => {
    const of = run('logs-a');
    await putLog(of, 'steps/s-1/stderr.gz', 'hello');
    await putLog(of, 'node/i-1/bootstrap-actions/1/stderr.gz', 'bootstrap');
    const logs = await files().logs(of);
    expect(logs.map(({ name }) => name)).toEqual(['steps/s-1/stderr.gz']);
    const link = new URL(logs[0]?.url ?? '');
    expect(link.searchParams.get('response-content-encoding')).toBe('gzip');
    expect(await (await fetch(link)).text()).toBe('hello');
  });

  it('are those of the bootstrap action where no step began', async () => {
    const of = run('logs-b');
    await putLog(of, 'node/i-1/bootstrap-actions/1/stderr.gz', 'no disk');
    await putLog(of, 'node/i-1/daemons/x.gz', 'noise');
    expect((await files().logs(of)).map(({ name }) => name)).toEqual(['node/i-1/bootstrap-actions/1/stderr.gz']);
    expect(await files().logTail(of)).toBe('no disk');
  });

  it('are none before there is a cluster, or before EMR delivered them', async () => {
    for (const without of [run('logs-c', { jobflowId: null }), run('logs-d')]) {
      expect(await files().logs(without)).toEqual([]);
      expect(await files().logTail(without)).toBeNull();
    }
  });

  it('tell their last lines, from where most is told', async () => {
    const of = run('logs-e');
    await putLog(of, 'steps/s-1/controller.gz', 'controller');
    await putLog(of, 'steps/s-1/stderr.gz', '');
    await putLog(of, 'steps/s-1/stdout.gz', 'printed\n');
    expect(await files().logTail(of)).toBe('printed');
    await putLog(of, 'steps/s-1/stderr.gz', Array.from({ length: 500 }, (_, line) => `line ${line}`).join('\n'));
    const lines = (await files().logTail(of))?.split('\n') ?? [];
    expect([lines.length, lines[0], lines.at(-1)]).toEqual([200, 'line 300', 'line 499']);
  });

  it('tell the end of a huge log, and as much as there is of a broken one', async () => {
    const of = run('logs-f');
    await putLog(of, 'steps/s-1/stderr.gz', `${'é'.repeat(3_000_000)}\n${'x'.repeat(10_000)}\nthe end`);
    expect(await files().logTail(of)).toBe(`${'x'.repeat(10_000)}\nthe end`);
    const broken = run('logs-g');
    const whole = gzipSync(Array.from({ length: 20_000 }, (_, line) => `line ${line} ${line ** 3}`).join('\n'));
    await put('logs', `${logsPrefix(broken)}j-1/steps/s-1/stderr.gz`, whole.subarray(0, whole.length / 2));
    expect(await files().logTail(broken)).toMatch(/line \d+/);
  });
});
