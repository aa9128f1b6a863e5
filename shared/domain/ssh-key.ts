import { InvalidInput, TooLarge } from './errors.ts';
import type { Instant } from './instant.ts';
import { keyTextProblem } from './ssh-key-text.ts';

export const SSH_KEY_TYPES = [
  'ssh-rsa',
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'ssh-dss',
] as const;

export type SshKeyType = (typeof SSH_KEY_TYPES)[number];

/** Bytes; far above any real key, far below what a parser should be made to read. */
export const MAX_SSH_KEY_BYTES = 100_000;

/** Characters of the line. EMR hands it to a bootstrap action, whose arguments may have 10,280 characters in all. */
const MAX_LINE_LENGTH = 8_000;

/** NIST SP 800-131A and OpenSSH's own default minimum. */
export const MIN_RSA_BITS = 2048;

export interface SshKey {
  readonly id: string;
  /** The person's id. */
  readonly ownerId: string;
  /** The person's username, as a display name. */
  readonly owner: string;
  readonly title: string;
  readonly key: string;
  readonly type: SshKeyType;
  readonly bits: number;
  /** `SHA256:…` as ssh-keygen prints it. */
  readonly fingerprint: string;
  /** The MD5 of old OpenSSH, colon-separated hex. */
  readonly fingerprintMd5: string;
  readonly createdAt: Instant;
}

export interface ParsedPublicKey {
  /** The type that the blob itself names, which must be the one before it. */
  readonly type: string;
  readonly bits: number;
  readonly fingerprint: string;
  readonly fingerprintMd5: string;
  /** Why an RSA key protects nothing; null for all others. */
  readonly weakness: 'exponent' | 'modulus' | null;
}

/** Reads the base64 blob of a public key; null where it is no key. */
export type PublicKeyParser = (type: SshKeyType, base64: string) => ParsedPublicKey | null;

const refuse = (message: string): never => {
  throw InvalidInput.field('key', message);
};

const utf8Length = (text: string): number => new TextEncoder().encode(text).length;

/** The type and blob of a one-line public key, after everything that needs no cryptography was checked. */
export const splitPublicKey = (text: string): { type: SshKeyType; base64: string; line: string } => {
  if (utf8Length(text) > MAX_SSH_KEY_BYTES)
    throw new TooLarge('key: the file is over 100 kB, which no public key is. Pick the .pub file.');
  const line = text.trim();
  if (line === '') refuse('Paste the one line of your .pub file.');
  const problem = keyTextProblem(line);
  if (problem !== null) refuse(problem);
  if (line.length > MAX_LINE_LENGTH)
    refuse(
      `The line has over ${MAX_LINE_LENGTH} characters, more than EMR hands to a cluster. Shorten the comment after the key.`,
    );
  const [type = '', base64 = ''] = line.split(/[ \t]+/);
  const known = SSH_KEY_TYPES.find((candidate) => candidate === type);
  if (known !== undefined) return { type: known, base64, line };
  if (SSH_KEY_TYPES.some((candidate) => line.split(/[ \t]+/).includes(candidate))) {
    refuse('Options before the key type are not allowed. Paste the line from the key type on.');
  }
  return refuse(`'${type.slice(0, 40)}' is no known key type. Use one of ${SSH_KEY_TYPES.join(', ')}.`);
};

/**
 * @throws InvalidInput naming the field `key` with the reason and the remedy
 * @throws TooLarge over 100 kB
 */
export const checkedPublicKey = (
  text: string,
  parse: PublicKeyParser,
): ParsedPublicKey & { type: SshKeyType; line: string } => {
  const { type, base64, line } = splitPublicKey(text);
  const parsed = parse(type, base64);
  if (parsed === null) return refuse('The key data cannot be read. Copy the whole line of the .pub file.');
  if (parsed.type !== type) {
    refuse(`The line says ${type} but the key data is ${parsed.type}. Copy the whole line of the .pub file.`);
  }
  if (type === 'ssh-rsa' && parsed.bits < MIN_RSA_BITS) {
    refuse(
      `RSA keys need at least ${MIN_RSA_BITS} bits; this one has ${parsed.bits}. Make one with ssh-keygen -t ed25519.`,
    );
  }
  if (parsed.weakness !== null)
    refuse(`The ${parsed.weakness} of this RSA key makes it easy to break. Make a new one with ssh-keygen -t ed25519.`);
  return { ...parsed, type, line };
};

export const sshKeyWarnings = ({ type }: Pick<SshKey, 'type'>): string[] =>
  type === 'ssh-dss' ? ['Current EMR images refuse ssh-dss keys; you will not be able to log in with this one.'] : [];
