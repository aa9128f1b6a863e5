import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

import { terminationInWords } from '../../../web/components/termination-in-words.ts';
import { failureInWords } from '../../../web/features/clusters/end-of-cluster.ts';
import { readFileText } from '../../../web/features/runs/text-file.ts';
import { isLog, viewerOf } from '../../../web/features/runs/viewers.ts';
import { instantOf, momentInputOf } from '../../../web/features/spark-jobs/moment-input.ts';
import { bytesText, countText, moneyText } from '../../../web/lib/amounts.ts';
import { durationText, elapsedText, tookText, utcText } from '../../../web/lib/instant-text.ts';

describe('texts for people', () => {
  it('shows times in UTC to the minute', () => {
    expect(utcText('2026-11-23T21:05:59.999Z')).toBe('2026-11-23 21:05 UTC');
  });

  it.each([
    [0, '0 s'],
    [59, '59 s'],
    [60, '1 min'],
    [3600, '1 h'],
    [11_520, '3 h 12 min'],
    [97_920, '1 d 3 h 12 min'],
  ])('shows %i seconds as %s', (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });

  it('never shows a negative time', () => {
    expect(elapsedText('2026-11-23T21:05:00.000Z', '2026-11-23T21:00:00.000Z')).toBe('0 s');
  });

  it('shows to the second how long something took, and in minutes while it goes on', () => {
    const [begin, end] = ['2026-11-23T21:00:00.000Z', '2026-11-23T21:01:36.000Z'];
    expect(tookText(begin, end, 0)).toBe('1 min 36 s');
    expect(tookText(begin, null, Date.parse(end))).toBe('1 min');
    expect(tookText(null, null, 0)).toBe('–');
  });

  it('shows small amounts of money exactly enough', () => {
    expect([0, 0.0412, 0.24, 1234.5].map((amount) => moneyText(amount, 'USD'))).toEqual([
      '$0.00',
      '$0.0412',
      '$0.24',
      '$1,234.50',
    ]);
  });

  it('counts and measures', () => {
    expect([1, 2, 12_000].map((count) => countText(count, 'worker'))).toEqual([
      '1 worker',
      '2 workers',
      '12,000 workers',
    ]);
    expect([999, 12_400, 3_400_000, 1_200_000_000].map(bytesText)).toEqual(['999 B', '12 kB', '3.4 MB', '1.2 GB']);
  });

  it('explains every reason for which EMR ends a cluster with an error', () => {
    const codes = ['INTERNAL_ERROR', 'VALIDATION_ERROR', 'INSTANCE_FAILURE', 'BOOTSTRAP_FAILURE', 'STEP_FAILURE'];
    const words = codes.map((code) => failureInWords({ code, message: '' }));
    expect(new Set(words).size).toBe(codes.length);
    expect(failureInWords({ code: 'SOMETHING_NEW', message: '' })).toBe(failureInWords(null));
  });

  it('names who terminated a cluster, or the expiry', () => {
    const at = '2026-11-23T21:00:00.000Z';
    expect(terminationInWords({ by: 'alice', reason: 'requested', at })).toBe('Terminated by alice.');
    expect(terminationInWords({ by: 'atmo', reason: 'expired', at })).toBe('Terminated at its expiry.');
  });
});

describe('a moment that is typed in UTC', () => {
  it('is the same after it was shown and read again', () => {
    expect(instantOf(momentInputOf('2026-11-23T21:05:00.000Z'))).toBe('2026-11-23T21:05:00.000Z');
  });

  it('is midnight without a time of day, and left for the schema to refuse where it is none', () => {
    expect(instantOf({ date: '2026-11-23', time: '' })).toBe('2026-11-23T00:00:00.000Z');
    expect(instantOf({ date: '2026-13-77', time: '06:00' })).toBe('2026-13-77T06:00:00.000Z');
  });
});

describe('a file that may be shown in place', () => {
  it.each([
    ['executed.ipynb', 'notebook'],
    ['plots/by-country.PNG', 'image'],
    ['counts.csv', 'table'],
    ['steps/s-1/stderr.gz', 'text'],
    ['outcome.json', 'text'],
    ['report.html', null],
    ['drawing.svg', null],
    ['part-0000.parquet', 'table'],
  ])('%s: %s', (name, viewer) => {
    expect(viewerOf({ name, size: 1000 })).toBe(viewer);
  });

  it('is no larger than a browser shows at once', () => {
    expect(viewerOf({ name: 'notes.txt', size: 10_000_001 })).toBeNull();
    expect(viewerOf({ name: 'counts.csv', size: 10_000_001 })).toBe('table');
    expect(viewerOf({ name: 'counts.csv', size: 150_000_001 })).toBeNull();
  });

  it.each([
    ['steps/s-1/stdout.gz', true],
    ['app.log', true],
    ['stdout.csv', false],
  ])('knows whether %s is a log', (name, expected) => {
    expect(isLog({ name })).toBe(expected);
  });
});

describe('the text of a file', () => {
  const packed = (text: string): Blob => new Blob([new Uint8Array(gzipSync(text))]);

  it.each(['start', 'end'] as const)(
    'is the same whether it comes packed, unpacked by the browser, or empty: %s',
    async (part) => {
      await expect(readFileText(packed('a\nb ✓'), part)).resolves.toEqual({ text: 'a\nb ✓', note: null });
      await expect(readFileText(new Blob(['a\nb ✓']), part)).resolves.toEqual({ text: 'a\nb ✓', note: null });
      await expect(readFileText(packed(''), part)).resolves.toEqual({ text: '', note: null });
      await expect(readFileText(new Blob([]), part)).resolves.toEqual({ text: '', note: null });
    },
  );

  it('is of a log its end, of anything else its beginning, and says how much it is', async () => {
    const text = `first${'x'.repeat(300_000)}last`;
    const start = await readFileText(packed(text), 'start');
    expect(start.text).toBe(text.slice(0, 200_000));
    expect(start.note).toBe('The first 200,000 characters. Download the file to see the rest.');
    const end = await readFileText(packed(text), 'end');
    expect(end.text).toBe(text.slice(-200_000));
    expect(end.note).toBe('The last 200,000 of 300,009 characters. Download the file to see the rest.');
  });

  it('has an end, even where a small file unpacks without one', async () => {
    const bomb = new Blob([new Uint8Array(gzipSync(Buffer.alloc(300_000_000, 'x')))]);
    expect(bomb.size).toBeLessThan(1_000_000);
    const { text, note } = await readFileText(bomb, 'end');
    expect(text).toHaveLength(200_000);
    expect(note).toBe('This file is longer than 200 MB. Download it to see the last lines.');
    expect((await readFileText(bomb, 'start')).text).toHaveLength(200_000);
  });
});
