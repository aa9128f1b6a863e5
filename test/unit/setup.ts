import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import timers from 'node:timers/promises';

// Everything is in UTC: what follows the machine's own zone shows here, 5 hours and 45 minutes off.
process.env['TZ'] = 'Asia/Kathmandu';

// Metrics are lines on standard output.
process.env['POWERTOOLS_METRICS_DISABLED'] = 'true';

/** A unit test reached for what the project `unit` does not have. */
export class NotInUnitTests extends Error {
  override readonly name = 'NotInUnitTests';

  constructor(what: string) {
    super(`Unit tests have no network, processes or real time (${what}). Such a test belongs in test/local.`);
  }
}

const forbid = (owner: object, name: string): void => {
  Object.defineProperty(owner, name, {
    value: () => {
      throw new NotInUnitTests(name);
    },
  });
};

forbid(net.Socket.prototype, 'connect');
forbid(net.Server.prototype, 'listen');
forbid(dgram, 'createSocket');
for (const name of ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync']) {
  forbid(childProcess, name);
}
for (const name of ['setTimeout', 'setInterval']) forbid(timers, name);
syncBuiltinESMExports();

const { setTimeout: realSetTimeout } = globalThis;
/** The next turn of the event loop is no waiting. Tests with a clock of their own replace this. */
globalThis.setTimeout = ((callback: () => void, milliseconds = 0, ...rest: unknown[]) => {
  if (milliseconds > 0) throw new NotInUnitTests(`setTimeout of ${milliseconds} ms`);
  return realSetTimeout(callback, milliseconds, ...(rest as []));
}) as typeof setTimeout;
