import { execFileSync, spawnSync } from 'node:child_process';

import { describe, expect, it } from 'vitest';

import { sshpkPublicKeyParser } from '../../functions/adapters/sshpk-public-key-parser.ts';
import { PUBLIC_KEYS } from '../unit/ssh-keys/public-keys.ts';

const hasSshKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;

describe('the parser of public keys', () => {
  it.runIf(hasSshKeygen).each(PUBLIC_KEYS)('agrees with this machine’s ssh-keygen on $type', ({ type, line }) => {
    const printed = execFileSync('ssh-keygen', ['-l', '-f', '-'], { input: `${line}\n`, encoding: 'utf8' });
    const parsed = sshpkPublicKeyParser(type, line.split(' ')[1] ?? '');
    expect(printed).toContain(`${parsed?.bits} ${parsed?.fingerprint} `);
  });
});
