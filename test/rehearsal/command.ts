import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { RehearsalStopped } from './rehearsal-stopped.ts';

/** None takes a minute; more means that something waits for an answer that will not come. */
const TIMEOUT_SECONDS = 240;

interface CommandOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Takes all output; the console would drown in it. */
  readonly log: string;
}

/**
 * Runs a program to its end.
 * @returns what it wrote
 * @throws RehearsalStopped with the last lines where it failed
 */
export const command = async (
  program: string,
  args: readonly string[],
  { cwd, env, log }: CommandOptions,
): Promise<string> => {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: TIMEOUT_SECONDS * 1000,
  });
  const file = createWriteStream(log, { flags: 'a' });
  file.write(`\n$ ${program} ${args.join(' ')}\n`);
  const output: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      output.push(text);
      file.write(text);
    });
  }
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  file.end();
  const text = output.join('');
  if (status !== 0) {
    const tail = text.trim().split('\n').slice(-25).join('\n');
    throw new RehearsalStopped(`${program} ${args.join(' ')} failed (${status}); all of it is in ${log}\n${tail}`);
  }
  return text;
};
