import { generateKeyPairSync } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { sshpkPublicKeyParser } from '../../../functions/adapters/sshpk-public-key-parser.ts';
import { quotaReservations } from '../../../functions/access/quota-reservations.ts';
import { addSshKey } from '../../../functions/ssh-keys/add-ssh-key.ts';
import { deleteSshKey } from '../../../functions/ssh-keys/delete-ssh-key.ts';
import { getRawSshKey } from '../../../functions/ssh-keys/get-raw-ssh-key.ts';
import { getSshKey } from '../../../functions/ssh-keys/get-ssh-key.ts';
import { listSshKeys } from '../../../functions/ssh-keys/list-ssh-keys.ts';
import type { Caller } from '../../../shared/domain/person.ts';
import { fakeAuditTrail } from '../../fakes/fake-audit-trail.ts';
import { fakeReservationRepository } from '../../fakes/fake-reservation-repository.ts';
import { fakeSshKeyRepository } from '../../fakes/fake-ssh-key-repository.ts';
import { PUBLIC_KEYS, RSA_1024 } from './public-keys.ts';
import { quotaRules } from '../../fakes/settings.ts';

const person = (username: string, ...groups: string[]): Caller => ({
  id: `sub-${username}`,
  username,
  email: `${username}@example.com`,
  groups,
  request: { sourceIp: '203.0.113.9', requestId: `request-of-${username}` },
});
const alice = person('alice');
const bob = person('bob');
const admin = person('root', 'admins');
const maintainer = person('maintainer', 'cluster-maintainers', 'job-maintainers');

/** 2048 bits, with the exponent 1. */
const WEAK_RSA = Buffer.concat([
  Buffer.from([0, 0, 0, 7]),
  Buffer.from('ssh-rsa'),
  Buffer.from([0, 0, 0, 1, 1, 0, 0, 1, 1, 0]),
  Buffer.alloc(256, 0xa5),
]).toString('base64');

const now = '2026-11-23T06:00:00.000Z';
const [rsa, , ed25519] = PUBLIC_KEYS;

const setUp = () => {
  const sshKeys = fakeSshKeyRepository();
  const clock = { now: () => now };
  const audit = fakeAuditTrail();
  const quotas = quotaReservations({ reservations: fakeReservationRepository(), quotaRules, clock });
  return {
    quotas,
    audit,
    add: addSshKey({ sshKeys, quotas, audit, parsePublicKey: sshpkPublicKeyParser, clock }),
    list: listSshKeys({ sshKeys }),
    get: getSshKey({ sshKeys }),
    raw: getRawSshKey({ sshKeys }),
    remove: deleteSshKey({ sshKeys, quotas, audit, clock }),
  };
};

const refusal = async (key: string): Promise<string> => {
  const error: unknown = await setUp()
    .add({ title: 'laptop', key }, alice)
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: 'InvalidInput', errors: [{ field: 'key' }] });
  return (error as Error).message;
};

describe('adding an SSH key', () => {
  it.each(PUBLIC_KEYS)('takes $type of $bits bits', async ({ line, type, bits, fingerprint, fingerprintMd5 }) => {
    const added = await setUp().add({ title: 'laptop', key: line }, alice);
    expect(added).toMatchObject({ title: 'laptop', type, bits, fingerprint, fingerprintMd5, createdAt: now });
    expect(added.warnings).toEqual(type === 'ssh-dss' ? [expect.stringMatching(/EMR images .* ssh-dss/)] : []);
  });

  it.each([
    ['a line end of Windows', `${ed25519.line}\r\n`],
    ['blank lines around it', `\n\n  ${ed25519.line}\n\n`],
    ['no comment', ed25519.line.split(' ').slice(0, 2).join(' ')],
    ['many blanks between its parts', ed25519.line.replaceAll(' ', ' \t ')],
    ['tabs between its parts', ed25519.line.replaceAll(' ', '\t')],
    ['a comment with spaces and any letters', `${ed25519.line} Grüße aus Köln 🔑 "quoted" 'too' $(id)`],
    ['a byte order mark', `\ufeff${ed25519.line}`],
  ])('takes a key with %s', async (_what, key) => {
    expect(await setUp().add({ title: 'laptop', key }, alice)).toMatchObject({ fingerprint: ed25519.fingerprint });
  });

  it('is in the audit trail, with the fingerprint and not the key; so is its deletion', async () => {
    const { add, remove, audit } = setUp();
    const { id } = await add({ title: 'laptop', key: ed25519.line }, alice);
    await remove({ id }, admin);
    const object = { kind: 'ssh-key', id };
    const origin = { at: now, sourceIp: '203.0.113.9' };
    const { fingerprint, type, bits } = ed25519;
    const alices = { actor: 'alice', actorId: 'sub-alice', requestId: 'request-of-alice', ...origin };
    const admins = { actor: 'root', actorId: 'sub-root', requestId: 'request-of-root', ...origin };
    expect(audit.entries).toEqual([
      { ...alices, action: 'ssh-key.add', object, detail: { title: 'laptop', type, bits, fingerprint } },
      { ...admins, action: 'ssh-key.delete', object, detail: { title: 'laptop', fingerprint, owner: 'alice' } },
    ]);
    expect(JSON.stringify(audit.entries)).not.toContain(ed25519.line.split(' ')[1]);
  });

  it('leaves no entry where it is refused', async () => {
    const { add, audit, quotas } = setUp();
    for (let count = 0; count < 20; count += 1) await quotas.reserve(alice, { kind: 'sshKey', id: `${count}` });
    await expect(add({ title: 'laptop', key: ed25519.line }, alice)).rejects.toMatchObject({ name: 'QuotaExceeded' });
    await expect(add({ title: 'laptop', key: 'nonsense' }, alice)).rejects.toMatchObject({ name: 'InvalidInput' });
    expect(audit.entries).toEqual([]);
  });

  it('holds a person to the quota, and gives room for another with a deletion', async () => {
    const { add, remove, quotas } = setUp();
    const { id } = await add({ title: 'laptop', key: rsa.line }, alice);
    for (let count = 1; count < 20; count += 1) await quotas.reserve(alice, { kind: 'sshKey', id: `${count}` });
    const another = { title: 'desktop', key: ed25519.line };
    await expect(add(another, alice)).rejects.toMatchObject({ name: 'QuotaExceeded' });
    await expect(add({ title: 'again', key: rsa.line }, alice)).rejects.toMatchObject({ name: 'Conflict' });
    await remove({ id }, alice);
    await add(another, alice);
  });

  const pem = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  it.each([
    ['PKCS #8', pem.export({ type: 'pkcs8', format: 'pem' }).toString()],
    ['PKCS #1', pem.export({ type: 'pkcs1', format: 'pem' }).toString()],
    ['OpenSSH', `-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n`],
    ['an OpenSSH body alone', 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ'],
    ['ssh.com', `---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nP2/56wAA\n`],
    ['EdDSA in PEM', '-----BEGIN EdDSA PRIVATE KEY-----\nAAAA\n-----END EdDSA PRIVATE KEY-----'],
    ['PuTTY', 'PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\n'],
  ])('warns that a private key as %s has leaked', async (_format, key) => {
    expect(await refusal(key)).toMatch(/private key. Treat it as leaked/);
  });

  it.each([
    ['nothing', ' \n ', /Paste the one line/],
    ['two keys', `${ed25519.line}\n${rsa.line}`, /one line; this is more than one/],
    ['a key broken into lines', rsa.line.replaceAll(/.{64}/g, '$&\r\n'), /is wrapped into 7 lines/],
    ['RFC 4716', '---- BEGIN SSH2 PUBLIC KEY ----\nComment: "x"\nAAAA\n', /RFC 4716 form.*ssh-keygen -i -f key\.pub$/],
    ['PEM', '-----BEGIN RSA PUBLIC KEY-----\nMIIB\n', /PEM .*ssh-keygen -i -m PEM -f/],
    ['PKCS8', '-----BEGIN PUBLIC KEY-----\nMIIB\n', /PKCS8 form.*ssh-keygen -i -m PKCS8 -f/],
    ['a zero-width space', `\u200b${ed25519.line}`, /invisible character \(zero-width space, U\+200B\)/],
    ['a no-break space', ed25519.line.replace(' ', '\u00a0'), /invisible character \(no-break space, U\+00A0\)/],
    ['a character without a name here', `${ed25519.line} \u{e0001}`, /invisible character \(U\+E0001\)/],
    ['typographic quotes', `“${ed25519.line}”`, /quotation mark \(“\)/],
    ['a line separator', `${ed25519.line}\u2028${rsa.line}`, /invisible character \(line separator, U\+2028\)/],
    ['a soft hyphen', ed25519.line.replace('-', '\u00ad'), /invisible character \(soft hyphen, U\+00AD\)/],
    ['guillemets', `«${ed25519.line}»`, /quotation mark \(«\)/],
    ['single quotes', `'${ed25519.line}'`, /quotation mark \('\)/],
    ['backticks', `\`${ed25519.line}\``, /quotation mark \(`\)/],
    ['quotes', `"${ed25519.line}"`, /quotation mark \("\)/],
    ['UTF-16', `\ufffd\ufffd${Array.from(ed25519.line).join('\0')}`, /saved as UTF-16/],
    ['an exponent of 1', `ssh-rsa ${WEAK_RSA}`, /exponent of this RSA key/],
    ['a control character', `${ed25519.line}\u0007`, /control characters/],
    ['a control character of eight bits', `${ed25519.line} \u009b31m`, /control characters/],
    ['a deleted character', `${ed25519.line} \u007f`, /control characters/],
    ['a vertical tab', ed25519.line.replace(' ', '\v'), /control characters/],
    ['an escape sequence', `${ed25519.line}\u001b[2J`, /control characters/],
    ['a zero byte', ed25519.line.replace(' ', '\0 '), /control characters/],
    ['a command option', `command="rm -rf /",no-pty ${ed25519.line}`, /Options before the key type/],
    ['an option and tabs', `no-pty\t${ed25519.line.replaceAll(' ', '\t')}`, /Options before the key type/],
    [
      'a blob of another type',
      ed25519.line.replace('ssh-ed25519', 'ssh-rsa'),
      /starts with ssh-rsa, but the key data is of type ssh-ed25519/,
    ],
    [
      'a blob of another curve',
      PUBLIC_KEYS[3].line.replace('nistp256', 'nistp384'),
      /but the key data is of type ecdsa-sha2-nistp256/,
    ],
    ['a type alone', 'ssh-ed25519', /Invalid key data/],
    ['data that is no base64', 'ssh-ed25519 not-base64! alice', /Invalid key data/],
    ['a cut key', `ssh-rsa ${rsa.line.split(' ')[1]?.slice(0, 200)}`, /Invalid key data/],
    [
      'a hardware key',
      'sk-ssh-ed25519@openssh.com AAAA alice',
      /'sk-ssh-ed25519@openssh.com' is not a supported key type/,
    ],
    ['a certificate', 'ssh-rsa-cert-v01@openssh.com AAAA alice', /not a supported key type/],
    ['a comment that EMR has no room for', `${ed25519.line} ${'x'.repeat(20_000)}`, /over 8000 .* Shorten the comment/],
    ['a text', 'hello', /'hello' is not a supported key type/],
    ['a short RSA key', RSA_1024.line, /at least 2048 bits; this one has 1024/],
  ])('refuses %s, and says why', async (_what, key, message) => {
    expect(await refusal(key)).toMatch(message);
  });

  it('takes a line of 8000 characters, and none longer', async () => {
    const lineOf = (length: number): string => `${ed25519.line} `.padEnd(length, 'x');
    expect(await setUp().add({ title: 'laptop', key: lineOf(8000) }, alice)).toMatchObject({ type: 'ssh-ed25519' });
    expect(await refusal(lineOf(8001))).toMatch(/over 8000 characters/);
  });

  it('names an unknown type shortly, and those that it takes', async () => {
    expect(await refusal(`${'x'.repeat(41)} AAAA`)).toBe(
      `key: '${'x'.repeat(40)}' is not a supported key type. Use one of ssh-rsa, ssh-ed25519, ecdsa-sha2-nistp256, ecdsa-sha2-nistp384, ecdsa-sha2-nistp521, ssh-dss.`,
    );
  });

  it('takes nothing over 100 kB', async () => {
    expect(await refusal(`${ed25519.line} `.padEnd(100_000, 'x'))).toMatch(/over 8000 characters/);
    const long = `${ed25519.line} `.padEnd(100_001, 'x');
    await expect(setUp().add({ title: 'laptop', key: long }, alice)).rejects.toMatchObject({
      name: 'TooLarge',
      message: expect.stringMatching(/over 100 kB.*\.pub file/) as string,
    });
    const wide = `${ed25519.line} ${'ü'.repeat(50_000)}`;
    await expect(setUp().add({ title: 'laptop', key: wide }, alice)).rejects.toMatchObject({ name: 'TooLarge' });
  });

  it('refuses the same key of the same person under any title or comment, not of another one', async () => {
    const { add } = setUp();
    await add({ title: 'laptop', key: ed25519.line }, alice);
    const again = add({ title: 'work', key: `${ed25519.line} other` }, alice);
    await expect(again).rejects.toThrow(/^You already have this key/);
    expect(await add({ title: 'laptop', key: ed25519.line }, bob)).toMatchObject({ title: 'laptop' });
  });
});

describe('an SSH key', () => {
  it('is listed, shown and handed out to its owner and to admins', async () => {
    const { add, list, get, raw } = setUp();
    const added = await add({ title: 'laptop', key: `${ed25519.line}\r\n` }, alice);
    expect(await list({ limit: 25 }, alice)).toEqual({ items: [added], cursor: null });
    expect(await list({ limit: 25 }, admin)).toEqual({ items: [], cursor: null });
    for (const reader of [alice, admin]) {
      expect(await get({ id: added.id }, reader)).toEqual(added);
      const { headers, body } = await raw({ id: added.id }, reader);
      expect(headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(body).toBe(`${ed25519.line}\n`);
    }
  });

  it('does not exist for anybody else', async () => {
    const { add, get, raw, remove } = setUp();
    const { id } = await add({ title: 'laptop', key: ed25519.line }, alice);
    for (const stranger of [bob, maintainer]) {
      for (const useCase of [get, raw, remove]) {
        await expect(useCase({ id }, stranger)).rejects.toMatchObject({ name: 'NotFound' });
      }
    }
    expect(await get({ id }, alice)).toMatchObject({ id });
  });

  it('is gone once deleted, and may be added again', async () => {
    const { add, get, remove } = setUp();
    const { id } = await add({ title: 'laptop', key: ed25519.line }, alice);
    await remove({ id }, alice);
    await expect(get({ id }, alice)).rejects.toMatchObject({ name: 'NotFound' });
    await expect(remove({ id }, alice)).rejects.toMatchObject({ name: 'NotFound' });
    expect(await add({ title: 'laptop', key: ed25519.line }, alice)).toMatchObject({ id });
  });
});
