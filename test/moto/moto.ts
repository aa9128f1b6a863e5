import { randomInt } from 'node:crypto';

import { inject } from 'vitest';

/** Address of moto's server in the project `moto`, else null. */
export const motoUrl = (): string | null => inject('motoUrl') ?? null;

interface Client {
  readonly middlewareStack: {
    add(middleware: (next: (args: never) => unknown) => (args: never) => unknown, options: object): void;
  };
}

/** Gives a client an account of its own in moto, which keeps accounts apart. */
export const inOwnAccount = <C extends Client>(client: C): C => {
  const account = String(randomInt(1e11, 1e12));
  client.middlewareStack.add(
    (next) => (args) => {
      (args as { request: { headers: Record<string, string> } }).request.headers['x-moto-account-id'] = account;
      return next(args);
    },
    { step: 'build', name: 'ownAccount' },
  );
  return client;
};
