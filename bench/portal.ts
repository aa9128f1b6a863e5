import { mkdirSync } from 'node:fs';

import { newCaller, type Call } from '../test/local/caller.ts';
import { startStackProcess } from '../test/local/stack-process.ts';

/** A local stack with empty data, and somebody who is signed in. */
export interface Portal {
  readonly pid: number;
  readonly call: Call;
}

/** The body of an answer. @throws where its status is another one */
export const must = async (status: number, answer: ReturnType<Call>): Promise<Readonly<Record<string, unknown>>> => {
  const { status: answered, body } = await answer;
  if (answered !== status) throw new Error(`The local stack answered ${answered}: ${JSON.stringify(body)}`);
  return body;
};

/** Starts a portal in a new directory, and ends it once it was used. @param flags of Node */
export const usePortal = async <Result>(
  directory: string,
  use: (portal: Portal) => Promise<Result>,
  flags: readonly string[] = [],
): Promise<Result> => {
  mkdirSync(directory);
  const stack = await startStackProcess(directory, '0', flags);
  try {
    const call = newCaller(() => stack.url);
    await must(200, call('/local/sign-in', { email: 'alice@example.com' }));
    return await use({ pid: stack.pid, call });
  } finally {
    await stack.end();
  }
};
