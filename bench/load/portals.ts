import { cpSync } from 'node:fs';
import { join } from 'node:path';

import { newCaller } from '../../test/local/caller.ts';
import { makeFirstOfEach, type FirstOfEach } from '../../test/local/first-of-each.ts';
import { RECORDING } from '../../test/local/recorded-calls.ts';
import { startStackProcess } from '../../test/local/stack-process.ts';
import { fillPortal, type Size } from './fill.ts';

/** Owns the first of each, and asks. */
const PERSON = 'admin@example.com';

export interface Portal {
  readonly directory: string;
  readonly url: string;
  /** The person's session. */
  readonly cookie: string;
  readonly end: () => Promise<unknown>;
}

const open = async (directory: string): Promise<Portal> => {
  const stack = await startStackProcess(directory, '0', RECORDING);
  const { url } = stack;
  const answer = await fetch(`${url}/local/sign-in`, { method: 'POST', body: JSON.stringify({ email: PERSON }) });
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0]);
  return { directory, url, cookie: cookie.join('; '), end: () => stack.end() };
};

/** A portal of each size, beside each other. */
export const openPortals = async (
  directory: string,
  sizes: readonly [Size, Size],
): Promise<{ readonly first: FirstOfEach; readonly portals: readonly [Portal, Portal] }> => {
  const template = join(directory, 'template');
  const stack = await startStackProcess(template);
  const call = newCaller(() => stack.url);
  await call('/local/sign-in', { email: PERSON });
  const first = await makeFirstOfEach(call);
  await stack.end();
  const filled = async (size: Size, name: string): Promise<string> => {
    const own = join(directory, name);
    cpSync(template, own, { recursive: true });
    await fillPortal(own, size, first);
    return own;
  };
  const [smaller, larger] = [await filled(sizes[0], 'smaller'), await filled(sizes[1], 'larger')];
  return { first, portals: [await open(smaller), await open(larger)] };
};
