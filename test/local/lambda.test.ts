import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { Activity } from '../../local/activity.ts';
import { loadFunctions, type FunctionDefinition } from '../../local/lambda.ts';

describe('local functions', () => {
  let directory: string;
  const define = (name: string, source: string, environment: Record<string, string> = {}): FunctionDefinition => {
    const entry = path.join(directory, `${name}.mjs`);
    writeFileSync(entry, source);
    return { arn: `arn:${name}`, name, entry, environment, timeoutSeconds: 1, memoryMb: 128 };
  };
  const load = (...definitions: FunctionDefinition[]): ReturnType<typeof loadFunctions> =>
    loadFunctions(definitions, new Activity());

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'atmo-lambda-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('starts each with its own settings and leaves none behind', async () => {
    const source = `const [mine, theirs] = [process.env.ATMO_TEST_MINE, process.env.ATMO_TEST_THEIRS];
      export const handler = async () => [mine ?? null, theirs ?? null];`;
    const invoke = await load(
      define('one', source, { ATMO_TEST_MINE: '1' }),
      define('two', source, { ATMO_TEST_THEIRS: '2' }),
    );
    expect(await invoke('arn:one', {})).toEqual(['1', null]);
    expect(await invoke('arn:two', {})).toEqual([null, '2']);
    expect(process.env).not.toHaveProperty('ATMO_TEST_MINE');
  });

  it('passes events and answers as JSON, with the context of an invocation', async () => {
    const invoke = await load(
      define(
        'context',
        `export const handler = async (event, context) => ({
          event, gone: undefined, date: new Date(0), arn: context.invokedFunctionArn,
          left: context.getRemainingTimeInMillis() > 0 && context.getRemainingTimeInMillis() <= 1000,
        });`,
      ),
    );
    expect(await invoke('arn:context', { a: 1, b: undefined })).toEqual({
      event: { a: 1 },
      date: '1970-01-01T00:00:00.000Z',
      arn: 'arn:context',
      left: true,
    });
  });

  it('reports failures by the name of the error, and the time-out', async () => {
    const invoke = await load(
      define(
        'failing',
        `export const handler = async () => { throw Object.assign(new Error('no'), { name: 'NotFound' }); };`,
      ),
      define('hanging', `export const handler = () => new Promise(() => {});`),
      define('talking', `export const handler = async () => 'x'.repeat(7 * 1024 * 1024);`),
    );
    await expect(invoke('arn:failing', {})).rejects.toMatchObject({ errorType: 'NotFound', message: 'no' });
    await expect(invoke('arn:hanging', {})).rejects.toMatchObject({ errorType: 'Sandbox.Timedout' });
    await expect(invoke('arn:talking', {})).rejects.toMatchObject({ errorType: 'Function.ResponseSizeTooLarge' });
    expect(() => invoke('arn:nobody', {})).toThrow('Function not found: arn:nobody');
  });

  it('says which function cannot be loaded, and why', async () => {
    await expect(
      load(define('broken', `throw new Error('Missing environment variables: ATMO_TABLE');`)),
    ).rejects.toThrow(/^Function broken \(.*broken.mjs\) cannot be loaded: Missing environment variables: ATMO_TABLE$/);
  });
});
