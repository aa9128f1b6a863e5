import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { sparkInBackground, type BackgroundInstallation } from '../../local/spark/background-installation.ts';

/** Stands in for `install.ts`, which downloads for minutes; test/spark runs that one. */
const installer = (script: string): [string, ...string[]] => [process.execPath, '-e', script];

describe('Spark, installed beside the running stack', { timeout: 30_000 }, () => {
  let dataDirectory: string;
  let printed: string[];
  let spark: BackgroundInstallation;
  const begin = (script: string, setting?: string): void => {
    const print = (line: string): void => void printed.push(line);
    spark = sparkInBackground({ dataDirectory, print, setting, command: installer(script) });
    spark.begin();
  };
  const until = (state: string) =>
    vi.waitFor(() => expect(spark.status().state).toBe(state), { timeout: 20_000, interval: 20 });
  beforeEach(() => {
    dataDirectory = mkdtempSync(path.join(tmpdir(), 'atmo-spark-'));
    printed = [];
  });
  afterEach(async () => {
    await spark.stop();
    rmSync(dataDirectory, { recursive: true });
  });

  it('tells its steps in the terminal and to the page, and writes the rest to a log', async () => {
    begin(`console.log('emr-7.x [1/4] Python');console.log('Collecting pip');console.log('emr-7.x [2/4] PySpark');
      setTimeout(()=>{},60000);`);
    await vi.waitFor(() => expect(spark.status().message).toBe('emr-7.x [2/4] PySpark'), { timeout: 20_000 });
    expect(spark.status().state).toBe('installing');
    expect(printed).toEqual([
      expect.stringContaining('ATMO_SPARK=off'),
      'Spark: emr-7.x [1/4] Python',
      'Spark: emr-7.x [2/4] PySpark',
    ]);
    const log = path.join(dataDirectory, 'spark-install.log');
    // A stream writes it, later than the page is told.
    await vi.waitFor(() => expect(readFileSync(log, 'utf8')).toContain('Collecting pip\n'), { timeout: 20_000 });
  });

  it('says when notebooks are executed', async () => {
    begin(`console.log('emr-7.x [1/4] Python')`);
    await until('installed');
    expect(printed.at(-1)).toBe('Spark is installed: notebooks are executed from now on.');
  });

  it('names what is missing, and leaves the stack alone', async () => {
    begin(`console.error('Java was not found: install Java 17.');process.exitCode = 1`);
    await until('failed');
    expect(spark.status().message).toBe('Java was not found: install Java 17. (log: spark-install.log)');
    expect(printed).toEqual([`Notebooks are not executed: ${spark.status().message}`]);
  });

  it('does nothing with ATMO_SPARK=off', () => {
    begin(`require('fs').writeFileSync('started', '')`, 'off');
    expect(spark.status()).toEqual({ state: 'off', message: null });
    expect(printed).toEqual([]);
  });

  it('ends with the stack, with what it started', async () => {
    const started = path.join(dataDirectory, 'started');
    // The process that it starts holds its output open for a minute, unless it is ended too.
    begin(`require('child_process').spawn(process.execPath,['-e','setTimeout(()=>{},60000)'],{stdio:'inherit'});
      require('fs').writeFileSync(${JSON.stringify(started)}, '');setTimeout(()=>{},60000)`);
    await vi.waitFor(() => expect(existsSync(started)).toBe(true), { timeout: 20_000 });
    await spark.stop();
    expect(printed).toEqual([]);
  });
});
