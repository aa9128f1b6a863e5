import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';

import { takeLosses } from '../../local/data-loss.ts';
import { DATA_VERSION, setAsideOtherVersion } from '../../local/data-version.ts';
import { readLineFile } from '../../local/line-file.ts';
import { openStateFile } from '../../local/state-file.ts';
import { startStackProcess } from './stack-process.ts';

const MINUTES = 60_000;

describe('the data directory', () => {
  let directory: string;
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  const inData = (name: string): string => path.join(directory, name);
  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'atmo-data-'));
    logged.mockClear();
    takeLosses();
  });
  afterEach(() => rmSync(directory, { recursive: true, force: true }));

  describe('a file of lines', () => {
    const read = (): number[] => readLineFile(inData('lines'), (line) => z.number().parse(line));

    it('drops a line that a crash tore, and says so in the log alone', () => {
      writeFileSync(inData('lines'), '1\n2\n"thr');
      expect(read()).toEqual([1, 2]);
      expect(logged).toHaveBeenCalledWith(`The last line of ${inData('lines')} was not whole and is dropped.`);
      expect(takeLosses()).toEqual([]);
      appendFileSync(inData('lines'), '3\n');
      expect(read()).toEqual([1, 2, 3]);
    });

    it('keeps what can be read, and the file as it was', () => {
      writeFileSync(inData('lines'), '1\n"two"\n\u0000\n4\n');
      expect(read()).toEqual([1, 4]);
      expect(takeLosses()).toEqual([
        `2 of 4 entries in ${inData('lines')} are damaged. The file as it was: ${inData('lines.damaged')}`,
      ]);
      expect(readFileSync(inData('lines.damaged'), 'utf8')).toBe('1\n"two"\n\u0000\n4\n');
      expect(read()).toEqual([1, 4]);
      expect(takeLosses()).toEqual([]);
    });
  });

  it.each(['{"half', '{"other":1}', ''])('replaces a state file that is damaged: %s', (content) => {
    writeFileSync(inData('state'), content);
    const state = openStateFile(inData('state'), z.object({ count: z.number() }), { count: 0 });
    expect(state.value).toEqual({ count: 0 });
    expect(takeLosses()).toEqual([
      `${inData('state')} is damaged and begins anew. What it held: ${inData('state.damaged')}`,
    ]);
    expect(readFileSync(inData('state.damaged'), 'utf8')).toBe(content);
  });

  describe('of another version', () => {
    it('is set aside, but for the lock and Spark', () => {
      for (const folder of ['lock', 'spark', 'dynamodb']) mkdirSync(inData(folder));
      writeFileSync(inData('mails.ndjson'), 'mails');
      writeFileSync(inData('version'), '1\n');
      const aside = setAsideOtherVersion(directory) ?? '';
      expect(readdirSync(aside).toSorted()).toEqual(['dynamodb', 'mails.ndjson', 'version']);
      expect(readdirSync(directory).toSorted()).toEqual(['lock', path.basename(aside), 'spark', 'version']);
      expect(setAsideOtherVersion(directory)).toBeNull();
      expect(readFileSync(inData('version'), 'utf8').trim()).toBe(DATA_VERSION);
    });

    it('is data without any version, but not an empty folder', () => {
      expect(setAsideOtherVersion(directory)).toBeNull();
      rmSync(inData('version'));
      writeFileSync(inData('ports.json'), '{}');
      expect(setAsideOtherVersion(directory)).toMatch(/set-aside-/);
    });
  });

  it('is repaired by a start of the whole stack, which says what is lost', { timeout: 5 * MINUTES }, async () => {
    const first = await startStackProcess(directory);
    expect(await first.end()).toBe(0);
    for (const name of ['ports.json', 'identity-grants.json', 'schedules.json']) writeFileSync(inData(name), '{"half');
    appendFileSync(inData('executions.ndjson'), '{"arn":"half');
    const assembly = readdirSync(inData('deployment')).find((name) => !name.endsWith('.sha256')) ?? '';
    writeFileSync(path.join(inData('deployment'), assembly, 'manifest.json'), '{"half');
    rmSync(inData('web'), { recursive: true });
    writeFileSync(inData('web'), 'not a folder');

    const second = await startStackProcess(directory);
    for (const name of ['ports.json', 'identity-grants.json', 'schedules.json']) {
      expect(second.output).toContain(`${inData(name)} is damaged and begins anew.`);
    }
    expect(second.output).not.toContain('executions.ndjson');
    expect(readFileSync(inData('stack.log'), 'utf8')).toContain('executions.ndjson was not whole');
    expect((await fetch(second.url)).status).toBe(200);
    expect(await second.end()).toBe(0);
    writeFileSync(inData('version'), '0');
    const third = await startStackProcess(directory);
    expect(third.output).toMatch(/^The local data is of an earlier version\. It was moved to \S+, and .*$/m);
    expect(existsSync(inData('dynamodb'))).toBe(true);
    expect(await third.end()).toBe(0);
  });
});
