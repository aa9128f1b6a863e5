import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sshpkPublicKeyParser } from '../../../functions/adapters/sshpk-public-key-parser.ts';
import { InvalidInput, TooLarge } from '../../../shared/domain/errors.ts';
import { checkedPublicKey, MAX_SSH_KEY_BYTES, SSH_KEY_TYPES } from '../../../shared/domain/ssh-key.ts';
import { anyText, holds, textsOf } from '../properties.ts';
import { PUBLIC_KEYS } from './public-keys.ts';

const check = (text: string) => checkedPublicKey(text, sshpkPublicKeyParser);

/** The checked key, or null where it is refused as it should be. */
const checked = (text: string): ReturnType<typeof check> | null => {
  try {
    return check(text);
  } catch (error) {
    if (error instanceof TooLarge) return null;
    if (!(error instanceof InvalidInput)) throw error;
    expect(error.errors.map(({ field }) => field)).toEqual(['key']);
    expect(error.message).not.toMatch(/undefined|NaN|\[object/);
    return null;
  }
};

const line = fc.constantFrom(...PUBLIC_KEYS.map((key) => key.line));

/** A key whose data has some bytes changed, taken out or put in. */
const damaged = fc
  .tuple(line, fc.array(fc.tuple(fc.nat(), fc.nat(3), fc.uint8Array({ maxLength: 8 })), { maxLength: 4 }))
  .map(([whole, changes]) => {
    const [type = '', base64 = '', ...rest] = whole.split(' ');
    const bytes = [...Buffer.from(base64, 'base64')];
    for (const [at, removed, added] of changes) bytes.splice(at % bytes.length, removed, ...added);
    return [type, Buffer.from(bytes).toString('base64'), ...rest].join(' ');
  });

/** The parts of a blob: lengths in four bytes that may lie, and as much data. */
const blob = fc
  .tuple(
    fc.constantFrom(...SSH_KEY_TYPES),
    fc.array(fc.tuple(fc.constantFrom(0, 0, 1, -1, 4_294_967_295), fc.uint8Array({ maxLength: 300 })), {
      maxLength: 5,
    }),
  )
  .map(([type, parts]) => {
    const part = (lie: number, data: Uint8Array): Buffer => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE((data.length + lie) >>> 0);
      return Buffer.concat([length, data]);
    };
    return `${type} ${Buffer.concat([part(0, Buffer.from(type)), ...parts.map(([lie, data]) => part(lie, data))]).toString('base64')}`;
  });

const near = textsOf(
  ...SSH_KEY_TYPES,
  ' ',
  '\n',
  '\t',
  'AAAA',
  '-----BEGIN ',
  'PRIVATE KEY',
  '"',
  '\0',
  '\u200b',
  '====',
);

describe('a public key', () => {
  it('is refused by its field, or has a type, bits and fingerprints', () => {
    holds(
      fc.property(fc.oneof(damaged, blob, near, anyText), (text) => {
        const key = checked(text);
        if (key === null) return;
        expect(SSH_KEY_TYPES).toContain(key.type);
        expect(key.bits).toBeGreaterThanOrEqual(256);
        expect(key.fingerprint).toMatch(/^SHA256:[\w+/]{43}$/);
        expect(key.fingerprintMd5).toMatch(/^[\da-f]{2}(:[\da-f]{2}){15}$/);
      }),
      1000,
    );
  });

  it('has the same fingerprint with any comment and any blanks, and is checked again as it was stored', () => {
    const blank = fc.string({ unit: fc.constantFrom(' ', '\t'), minLength: 1, maxLength: 5 });
    const comment = fc.string({ unit: fc.constantFrom('a', '@', '-', ' ', 'é'), maxLength: 40 });
    holds(
      fc.property(fc.constantFrom(...PUBLIC_KEYS), blank, comment, (known, between, after) => {
        const [type, base64] = known.line.split(' ');
        const key = check(`${between}${type}${between}${base64}${between}${after}\n`);
        expect(key.fingerprint).toBe(known.fingerprint);
        expect(check(key.line)).toEqual(key);
      }),
    );
  });

  it.each(['-----BEGIN ', '---- BEGIN A', 'ssh-rsa ', 'A\0', '\u200b', '\n', ' ', '"'])(
    'is refused where it is %j as often as it fits',
    (part) => {
      expect(checked(part.repeat(MAX_SSH_KEY_BYTES / part.length / 3))).toBeNull();
    },
  );
});
