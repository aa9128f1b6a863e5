import { gzipSync } from 'node:zlib';

import { GetObjectCommand, PutObjectCommand, S3Client, type ListObjectsV2CommandInput } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { objectsUnder } from '../../functions/adapters/s3-listing.ts';
import { s3ResultFiles } from '../../functions/adapters/s3-result-files.ts';
import { s3RunFiles } from '../../functions/adapters/s3-run-files.ts';
import { s3RunParameters } from '../../functions/adapters/s3-run-parameters.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';
import { parseExactJson } from '../../shared/domain/exact-json.ts';
import { logsPrefix, parametersKey, resultsPrefix, type Run } from '../../shared/domain/run.ts';
import type { StoredFile } from '../../functions/ports/run-files.ts';
import { finishedJob, runOf } from '../fakes/spark-job.ts';
import type { Changes } from '../fakes/workload.ts';
import { startTestS3, type TestS3 } from './s3.ts';
import { SPARK_FACTS } from '../fakes/spark-facts.ts';

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
const resultsOf = async (of: Run) => (await files().results(of, { limit: 100 })).items;
const logsOf = async (of: Run) => (await files().logs(of, { limit: 100 })).items;

/** Each test has a run of its own. */
const run = (identifier: string, changes: Changes<Run> = {}): Run =>
  runOf(finishedJob({}, { jobIdentifier: identifier, ...changes }));

const put = (Bucket: string, Key: string, Body: string | Uint8Array) =>
  s3.client.send(new PutObjectCommand({ Bucket, Key, Body }));
const putLog = (of: Run, name: string, text: string) =>
  put('logs', `${logsPrefix(of)}${of.workload.emrId}/${name}`, gzipSync(text));

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
  const outcomeOf = async (identifier: string, content: string, changes: Changes<Run> = {}) => {
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

  it('keeps 16,000 bytes of a traceback and 4,000 of other texts, and cuts no character in two', async () => {
    const traceback = `${'🔥'.repeat(10_000)}end`;
    const long = await outcomeOf(
      'outcome-bytes',
      JSON.stringify({ status: 'failed', failure: { ...FAILURE, traceback, source: `x${'é'.repeat(2001)}` } }),
    );
    expect(long?.failure?.traceback).toBe(`…${'🔥'.repeat(3999)}end`);
    expect(long?.failure?.source).toBe(`…${'é'.repeat(2000)}`);
  });

  it('does not take a failing S3 for a missing file', async () => {
    const unknownBucket = s3RunFiles({ ...settings, resultsBucket: 'no-such-bucket' }, s3.client);
    await expect(unknownBucket.outcome(run('outcome-x'))).rejects.toMatchObject({ name: 'AwsFailed' });
  });
});

describe('the progress of a run in S3', () => {
  const told = { cell: 3, cells: 7, startedAt: '2026-11-23T06:06:30.000Z', uploadingSince: null };

  it('is read as the runner wrote it, and is not listed as a result', async () => {
    for (const visibility of ['private', 'public'] as const) {
      const of = run(`progress-${visibility}`, { resultVisibility: visibility });
      expect(await files().progress(of)).toBeNull();
      const bucket = visibility === 'public' ? 'public' : 'results';
      await put(bucket, `${resultsPrefix(of)}progress.json`, JSON.stringify(told));
      expect(await files().progress(of)).toEqual(told);
      await put(bucket, `${resultsPrefix(of)}files/progress.json`, '{}');
      expect((await resultsOf(of)).map(({ name }) => name)).toEqual(['files/progress.json']);
    }
  });

  it('is what can be read of one that a notebook has overwritten', async () => {
    const of = run('progress-odd');
    const odd = async (text: string) => {
      await put('results', `${resultsPrefix(of)}progress.json`, text);
      return files().progress(of);
    };
    for (const text of ['{', 'null', '3', `{"cell":1,"x":"${'x'.repeat(5000)}"}`]) expect(await odd(text)).toBeNull();
    expect(await odd('{"cell":-1,"cells":"7","startedAt":"x","uploadingSince":{}}')).toEqual({
      cell: null,
      cells: null,
      startedAt: null,
      uploadingSince: null,
    });
  });
});

describe('what Spark’s event log says, in S3', () => {
  it('is read as the runner wrote it, and is not listed as a result', async () => {
    const of = run('spark-facts');
    expect(await files().sparkFacts(of)).toBeNull();
    await put('results', `${resultsPrefix(of)}spark.json`, JSON.stringify(SPARK_FACTS));
    expect(await files().sparkFacts(of)).toEqual(SPARK_FACTS);
    expect(await resultsOf(of)).toEqual([]);
  });

  it('is what can be read of a file that a notebook has overwritten', async () => {
    const of = run('spark-facts-odd');
    const odd = async (text: string) => {
      await put('results', `${resultsPrefix(of)}spark.json`, text);
      return files().sparkFacts(of);
    };
    for (const text of ['{', 'null', '[]', `{"stages":1,"x":"${'x'.repeat(20_000)}"}`])
      expect(await odd(text)).toBeNull();
    const reasons = Array.from({ length: 9 }, () => 'r'.repeat(1000));
    expect(await odd(JSON.stringify({ stages: -1, skew: 3, spill: { name: 5 }, lostExecutors: { reasons } }))).toEqual({
      stages: 0,
      tasks: 0,
      failedTasks: 0,
      failedTaskReason: null,
      slowestStage: null,
      spill: { stage: 0, name: '', tasks: 0, memoryBytes: 0, diskBytes: 0 },
      skew: null,
      lostExecutors: { count: 0, reasons: reasons.slice(0, 3).map((reason) => reason.slice(0, 400)) },
      isComplete: false,
    });
  });
});

describe('the notebook of a run in S3', () => {
  it('is its text, but for one that is gone or too large to be compared', async () => {
    const of = run('notebook', { notebookKey: 'jobs/job-n/v1/a.ipynb' });
    expect(await files().notebook(of)).toBeNull();
    await put('notebooks', of.notebookKey, '{"cells":[]}');
    expect(await files().notebook(of)).toBe('{"cells":[]}');
    await put('notebooks', of.notebookKey, 'x'.repeat(5_000_001));
    expect(await files().notebook(of)).toBeNull();
  });
});

describe('the results of a run in S3', () => {
  it('are the run’s own, private ones by a link that needs no credentials', async () => {
    const of = run('results-a');
    await put('results', `${resultsPrefix(of)}notebook ü.ipynb`, '{}');
    await put('results', `${resultsPrefix(of)}plots/one.png`, 'png');
    await put('results', `results-a/latest/notebook.ipynb`, '{}');
    await put('results', `${resultsPrefix(run('results-ab'))}other`, 'x');
    const results = await resultsOf(of);
    expect(results.map(({ name, size, s3Uri }) => [name, size, s3Uri])).toEqual([
      ['notebook ü.ipynb', 2, `s3://results/${resultsPrefix(of)}notebook ü.ipynb`],
      ['plots/one.png', 3, `s3://results/${resultsPrefix(of)}plots/one.png`],
    ]);
    const answer = await fetch(results[1]?.url ?? '');
    expect(await answer.text()).toBe('png');
    expect(answer.headers.get('content-disposition')).toContain('filename="one.png"');
    expect(Number(new URL(results[1]?.url ?? '').searchParams.get('X-Amz-Expires'))).toBe(900);
  });

  it('tell two contents apart, also of one length and one second, and the same content not', async () => {
    const of = run('results-etag');
    const etagOf = async (content: string): Promise<string | undefined> => {
      await put('results', `${resultsPrefix(of)}notebook.ipynb`, content);
      return (await resultsOf(of))[0]?.etag;
    };
    const first = await etagOf('{"a":1}');
    expect(await etagOf('{"a":2}')).not.toBe(first);
    expect(await etagOf('{"a":1}')).toBe(first);
  });

  it('gives the same links for five minutes, so that a page is not sent the same list again', async () => {
    const of = run('results-same');
    const few = s3RunFiles(settings, listing({ first: ['report.csv'], second: [] }, resultsPrefix(of)));
    const linkAt = async (time: string): Promise<string | undefined> => {
      vi.setSystemTime(new Date(`2026-11-23T${time}Z`));
      return (await few.results(of, { limit: 1 })).items[0]?.url;
    };
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const link = await linkAt('06:00:01');
      expect(await linkAt('06:04:59')).toBe(link);
      expect(await linkAt('06:05:00')).not.toBe(link);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([
    'plus+sign.csv',
    'hash#1.txt',
    'q?mark.txt',
    '100%.txt',
    'amp&.csv',
    'eq=1/part-0.parquet',
    'unié 日本.csv',
    "quote's.csv",
    'semi;colon.csv',
    '[br](ackets).csv',
    'tilde~.csv',
    'star*.csv',
    'comma,.csv',
    'emoji📊.csv',
    'nfd e\u0301.csv',
    'double"quote.csv',
  ])('are downloaded under their own name: %s', async (name) => {
    const of = run('results-names');
    await put('results', `${resultsPrefix(of)}${name}`, name);
    const file = (await resultsOf(of)).find((each) => each.name === name);
    const answer = await fetch(file?.url ?? '');
    expect([answer.status, await answer.text()]).toEqual([200, name]);
    const disposition = answer.headers.get('content-disposition') ?? '';
    const extended = /filename\*=UTF-8''(\S+)$/.exec(disposition)?.[1];
    const plain = /filename="([^"]*)"/.exec(disposition)?.[1];
    expect(extended === undefined ? plain : decodeURIComponent(extended)).toBe(name.split('/').at(-1));
  });

  it('are public ones by their lasting address', async () => {
    const of = run('results-b', { resultVisibility: 'public' });
    await put('public', `${resultsPrefix(of)}a b#.html`, 'x');
    expect(await resultsOf(of)).toMatchObject([
      { url: `https://results.example.com/results-b/runs/${of.id}/a%20b%23.html` },
    ]);
    expect(await resultsOf(run('results-none'))).toEqual([]);
  });
});

/** Every page of a list. */
const allPages = async (read: (page: PageRequest) => Promise<Page<StoredFile>>, limit: number) => {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const page = await read({ limit, cursor });
    pages.push(page.items.map(({ name }) => name));
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  return pages;
};

describe('public results that are withdrawn', () => {
  const NAMES = ['notebook.ipynb', 'a b+c.csv', 'hash#?%.txt', 'unié 日本📊.csv', "it's (1)&=;.csv"];
  const keysIn = async (bucket: string, prefix: string) =>
    (await objectsUnder(s3.client, bucket, prefix)).map(({ key }) => key.slice(prefix.length)).toSorted();

  it('are private ones from then on, with what is in them, and those of other jobs stay', async () => {
    const of = run('withdrawn', { resultVisibility: 'public' });
    const other = run('withdrawn-not', { resultVisibility: 'public' });
    for (const name of NAMES) await put('public', `${resultsPrefix(of)}${name}`, name);
    await put('public', `${resultsPrefix(other)}a.csv`, 'x');
    await s3ResultFiles(settings, s3.client).makePrivate('withdrawn');
    expect(await keysIn('public', 'withdrawn/')).toEqual([]);
    expect(await keysIn('public', resultsPrefix(other))).toEqual(['a.csv']);
    const found = await resultsOf(of);
    expect(found.map(({ name }) => name).toSorted()).toEqual(NAMES.toSorted());
    for (const { url, name, s3Uri } of found) {
      expect(await (await fetch(url)).text()).toBe(name);
      expect(s3Uri).toBe(`s3://results/${resultsPrefix(of)}${name}`);
    }
  });

  it('tell their outcome as before', async () => {
    const of = run('withdrawn-outcome', { resultVisibility: 'public' });
    await put('public', `${resultsPrefix(of)}outcome.json`, '{"status":"succeeded"}');
    await s3ResultFiles(settings, s3.client).makePrivate('withdrawn-outcome');
    expect(await files().outcome(of)).toMatchObject({ status: 'succeeded' });
  });

  it('are removed from both buckets with their job', async () => {
    for (const bucket of ['public', 'results']) await put(bucket, 'removed/runs/1/a.csv', 'x');
    await s3ResultFiles(settings, s3.client).removeAll('removed');
    for (const bucket of ['public', 'results']) expect(await keysIn(bucket, 'removed/')).toEqual([]);
  });
});

describe('a run that leaves many files in S3', () => {
  const OTHERS = [
    '.hidden.txt',
    '_SUCCESS',
    'a b.csv',
    'notebook.ipynb.bak',
    'notebook_files/1.png',
    'zz.csv',
    'é.csv',
    '日本.csv',
    '📊.csv',
  ];
  const LEADING = ['notebook.ipynb', 'notebook.html', 'notebook.md', 'outcome.json', 'run.log'];

  it('has its notebook, outcome and log listed first, and every other file on some page', async () => {
    const of = run('results-many');
    await Promise.all([...OTHERS, ...LEADING].map((name) => put('results', `${resultsPrefix(of)}${name}`, 'x')));
    const read = (page: PageRequest) => files().results(of, page);
    for (const limit of [1, 2, 5, 6, 14, 100])
      expect(await allPages(read, limit)).toEqual(
        Array.from({ length: Math.ceil(14 / limit) }, (_, at) =>
          [...LEADING, ...OTHERS].slice(at * limit, (at + 1) * limit),
        ),
      );
  });

  it('has all of more than one listing of S3 reached', async () => {
    const of = run('results-thousands');
    const all = Array.from({ length: 1500 }, (_, n) => `part-${String(n).padStart(4, '0')}.csv`);
    const pages = { first: all.slice(0, 1000), second: all.slice(1000) };
    const many = s3RunFiles(settings, listing(pages, resultsPrefix(of)));
    const read = await many.results(of, { limit: 100, cursor: undefined });
    expect(read.items.map(({ name }) => name)).toEqual(all.slice(0, 100));
    expect(read.cursor).not.toBeNull();
    expect(JSON.stringify(read).length).toBeLessThan(500_000);
  });

  it('has its logs listed alike', async () => {
    const of = run('logs-many');
    const all = Array.from({ length: 5 }, (_, n) => `steps/s-${n}/stderr.gz`);
    await Promise.all(all.map((name) => putLog(of, name, 'x')));
    await putLog(of, 'node/i-1/bootstrap-actions/1/stderr.gz', 'bootstrap');
    expect(await allPages((page) => files().logs(of, page), 2)).toEqual([
      all.slice(0, 2),
      all.slice(2, 4),
      all.slice(4),
    ]);
  });

  it('is not listed by a cursor that is none', async () => {
    for (const cursor of ['x', 'e30', Buffer.from('{"after":""}').toString('base64url')])
      await expect(files().results(run('results-many'), { limit: 1, cursor })).rejects.toMatchObject({
        name: 'InvalidInput',
      });
  });
});

describe('the logs of a run in S3', () => {
  it('are those of its steps, readable in a browser', async () => {
    const of = run('logs-a');
    await putLog(of, 'steps/s-1/stderr.gz', 'hello');
    await putLog(of, 'node/i-1/bootstrap-actions/1/stderr.gz', 'bootstrap');
    const logs = await logsOf(of);
    expect(logs.map(({ name }) => name)).toEqual(['steps/s-1/stderr.gz']);
    const link = new URL(logs[0]?.url ?? '');
    expect(link.searchParams.get('response-content-encoding')).toBe('gzip');
    expect(await (await fetch(link)).text()).toBe('hello');
  });

  it('are those of the bootstrap action where no step began', async () => {
    const of = run('logs-b');
    await putLog(of, 'node/i-1/bootstrap-actions/1/stderr.gz', 'no disk');
    await putLog(of, 'node/i-1/daemons/x.gz', 'noise');
    expect((await logsOf(of)).map(({ name }) => name)).toEqual(['node/i-1/bootstrap-actions/1/stderr.gz']);
    expect(await files().logTail(of)).toBe('no disk');
  });

  it('are none before there is a cluster, or before EMR delivered them', async () => {
    for (const without of [run('logs-c', { emrId: null }), run('logs-d')]) {
      expect(await logsOf(without)).toEqual([]);
      expect(await files().logTail(without)).toBeNull();
    }
  });

  it('leave out what has the secret of a run, until it is final and the secret void', async () => {
    const of = run('logs-h');
    for (const name of ['controller', 'stderr']) await putLog(of, `steps/s-1/${name}.gz`, name);
    const names = async (outcome: 'failed' | null) =>
      (await logsOf({ ...of, outcome })).map(({ name }) => name.split('/').at(-1));
    expect(await names(null)).toEqual(['stderr.gz']);
    expect(await names('failed')).toEqual(['controller.gz', 'stderr.gz']);
    await putLog(of, 'steps/s-1/stderr.gz', '');
    expect(await files().logTail({ ...of, outcome: null })).toBeNull();
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
