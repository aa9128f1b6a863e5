import { createPublicKey } from 'node:crypto';

import sshpk from 'sshpk';

import type { ParsedPublicKey, PublicKeyParser } from '../../shared/domain/ssh-key.ts';

/** Buffer skips what is no base64; OpenSSH does not. */
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** OpenSSH reads no larger numbers (SSHBUF_MAX_BIGNUM). */
const MAX_BITS = 16_384;

/** The type that a blob begins with: a length in four bytes, then as many of ASCII. */
const typeIn = (blob: Buffer): string => {
  const length = blob.readUInt32BE(0);
  return blob.toString('latin1', 4, 4 + Math.min(length, 64));
};

const parsed = (blob: Buffer): sshpk.Key | null => {
  try {
    const key = sshpk.parseKey(blob, 'rfc4253');
    // sshpk takes a private key's blob as well and drops the secret part: what is read must be all there is.
    if (key.size > MAX_BITS || !key.toBuffer('rfc4253').equals(blob)) return null;
    // Unlike sshpk, OpenSSL refuses points that lie on no curve.
    createPublicKey(key.toString('pkcs8'));
    return key;
  } catch {
    return null;
  }
};

const isOdd = (number: Buffer): boolean => ((number.at(-1) ?? 0) & 1) === 1;

/** Insecure RSA keys: an exponent below 3, or an even exponent or modulus. */
const weaknessOf = (key: sshpk.Key): ParsedPublicKey['weakness'] => {
  if (key.type !== 'rsa') return null;
  const [exponent, modulus] = ['e', 'n'].map((name) => key.parts.find((part) => part.name === name)?.data);
  if (modulus === undefined || !isOdd(modulus)) return 'modulus';
  if (exponent === undefined || !isOdd(exponent)) return 'exponent';
  return BigInt(`0x${exponent.toString('hex')}`) < 3n ? 'exponent' : null;
};

/** Reads public keys with sshpk. */
export const sshpkPublicKeyParser: PublicKeyParser = (_type, base64) => {
  if (base64 === '' || !BASE64.test(base64)) return null;
  const blob = Buffer.from(base64, 'base64');
  const key = parsed(blob);
  return key === null
    ? null
    : {
        type: typeIn(blob),
        bits: key.size,
        fingerprint: key.fingerprint('sha256').toString(),
        fingerprintMd5: key.fingerprint('md5').toString('hex'),
        weakness: weaknessOf(key),
      };
};
