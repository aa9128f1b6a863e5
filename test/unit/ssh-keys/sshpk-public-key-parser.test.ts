import sshpk from 'sshpk';
import { describe, expect, it } from 'vitest';

import { sshpkPublicKeyParser } from '../../../functions/adapters/sshpk-public-key-parser.ts';
import { PUBLIC_KEYS, RSA_1024 } from './public-keys.ts';

const blobOf = (line: string): string => line.split(' ')[1] ?? '';

const sshString = (data: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, data]);
};

describe('the parser of public keys', () => {
  it.each([...PUBLIC_KEYS, RSA_1024])('reads $type of $bits bits as ssh-keygen does', (key) => {
    expect(sshpkPublicKeyParser(key.type, blobOf(key.line))).toEqual({
      type: key.type,
      bits: key.bits,
      fingerprint: key.fingerprint,
      fingerprintMd5: key.fingerprintMd5,
      weakness: null,
    });
  });

  it('tells the type in the blob, whatever the line says', () => {
    expect(sshpkPublicKeyParser('ssh-rsa', blobOf(PUBLIC_KEYS[2].line))).toMatchObject({ type: 'ssh-ed25519' });
  });

  const ed25519 = Buffer.from(blobOf(PUBLIC_KEYS[2].line), 'base64');
  const offTheCurve = Buffer.concat([
    sshString(Buffer.from('ecdsa-sha2-nistp256')),
    sshString(Buffer.from('nistp256')),
    sshString(Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 7)])),
  ]);
  const enormous = Buffer.concat([
    sshString(Buffer.from('ssh-rsa')),
    sshString(Buffer.from([1, 0, 1])),
    sshString(Buffer.concat([Buffer.from([0]), Buffer.alloc(2049, 255)])),
  ]);
  const rsaOf = (exponent: number[], lastOfModulus: number): string =>
    Buffer.concat([
      sshString(Buffer.from('ssh-rsa')),
      sshString(Buffer.from(exponent)),
      sshString(Buffer.concat([Buffer.from([0]), Buffer.alloc(255, 0xa5), Buffer.from([lastOfModulus])])),
    ]).toString('base64');
  it.each([
    ['3', [3], 0x01, null],
    ['65537', [1, 0, 1], 0x01, null],
    ['1', [1], 0x01, 'exponent'],
    ['2', [2], 0x01, 'exponent'],
    ['65536', [1, 0, 0], 0x01, 'exponent'],
    ['65537, the modulus even', [1, 0, 1], 0x02, 'modulus'],
  ])('tells whether an RSA key is worth anything: exponent %s', (_what, exponent, last, weakness) => {
    expect(sshpkPublicKeyParser('ssh-rsa', rsaOf(exponent, last))).toMatchObject({ bits: 2048, weakness });
  });

  it.each([
    ['nothing', ''],
    ['no base64', 'AAAA!'],
    ['base64 without its end', blobOf(PUBLIC_KEYS[0].line).slice(0, -1)],
    ['three bytes', 'AAAA'],
    ['a cut blob', ed25519.subarray(0, -4).toString('base64')],
    ['a blob with something behind it', Buffer.concat([ed25519, Buffer.from('more')]).toString('base64')],
    ['a length beyond the end', Buffer.from([255, 255, 255, 255, 1]).toString('base64')],
    ['a type that sshpk does not know', sshString(Buffer.from('sk-ssh-ed25519@openssh.com')).toString('base64')],
    ['a private key’s blob', sshpk.generatePrivateKey('ecdsa').toBuffer('rfc4253').toString('base64')],
    ['a point on no curve', offTheCurve.toString('base64')],
    ['more bits than OpenSSH reads', enormous.toString('base64')],
  ])('reads nothing from %s', (_what, base64) => {
    expect(sshpkPublicKeyParser('ssh-rsa', base64)).toBeNull();
  });
});
