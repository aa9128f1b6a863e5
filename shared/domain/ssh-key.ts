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

/** Maximum bytes of the input: far above any real key, and small enough for the parser. */
export const MAX_SSH_KEY_BYTES = 100_000;

/** Maximum characters of the line. It is an argument of a bootstrap action, whose arguments may have 10,280 characters in total. */
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

/** Without the key itself, which has up to a thousand characters. */
export type ListedSshKey = Omit<SshKey, 'key'>;

export interface ParsedPublicKey {
  /** The type in the blob, which must match the type before it. */
  readonly type: string;
  readonly bits: number;
  readonly fingerprint: string;
  readonly fingerprintMd5: string;
  /** The insecure part of an RSA key; null for secure keys. */
  readonly weakness: 'exponent' | 'modulus' | null;
}

/** Parses the base64 blob of a public key; null if it is invalid. */
export type PublicKeyParser = (type: SshKeyType, base64: string) => ParsedPublicKey | null;

const refuse = (message: string): never => {
  throw InvalidInput.field('key', message);
};

const utf8Length = (text: string): number => new TextEncoder().encode(text).length;

/** The type and blob of a one-line public key, after all checks that need no cryptography. */
export const splitPublicKey = (text: string): { type: SshKeyType; base64: string; line: string } => {
  if (utf8Length(text) > MAX_SSH_KEY_BYTES)
    throw new TooLarge('key: the file is over 100 kB, too large for a public key. Pick the .pub file.');
  const line = text.trim();
  if (line === '') refuse('Paste the one line of your .pub file.');
  const problem = keyTextProblem(line);
  if (problem !== null) refuse(problem);
  if (line.length > MAX_LINE_LENGTH)
    refuse(
      `The line has over ${MAX_LINE_LENGTH} characters, more than EMR passes to a bootstrap action. Shorten the comment after the key.`,
    );
  const [type = '', base64 = ''] = line.split(/[ \t]+/);
  const known = SSH_KEY_TYPES.find((candidate) => candidate === type);
  if (known !== undefined) return { type: known, base64, line };
  if (SSH_KEY_TYPES.some((candidate) => line.split(/[ \t]+/).includes(candidate))) {
    refuse('Options before the key type are not allowed. Paste the line from the key type on.');
  }
  return refuse(`'${type.slice(0, 40)}' is not a supported key type. Use one of ${SSH_KEY_TYPES.join(', ')}.`);
};

/**
 * @throws InvalidInput for the field `key`, with the reason and the remedy
 * @throws TooLarge over 100 kB
 */
export const checkedPublicKey = (
  text: string,
  parse: PublicKeyParser,
): ParsedPublicKey & { type: SshKeyType; line: string } => {
  const { type, base64, line } = splitPublicKey(text);
  const parsed = parse(type, base64);
  if (parsed === null) return refuse('Invalid key data. Copy the whole line of the .pub file.');
  if (parsed.type !== type) {
    refuse(
      `The line starts with ${type}, but the key data is of type ${parsed.type}. Copy the whole line of the .pub file.`,
    );
  }
  if (type === 'ssh-rsa' && parsed.bits < MIN_RSA_BITS) {
    refuse(
      `RSA keys need at least ${MIN_RSA_BITS} bits; this one has ${parsed.bits}. Create one with ssh-keygen -t ed25519.`,
    );
  }
  if (parsed.weakness !== null)
    refuse(`The ${parsed.weakness} of this RSA key makes it insecure. Create a new key with ssh-keygen -t ed25519.`);
  return { ...parsed, type, line };
};

export const sshKeyWarnings = ({ type }: Pick<SshKey, 'type'>): string[] =>
  type === 'ssh-dss' ? ['Current EMR images reject ssh-dss keys. You will not be able to log in with this one.'] : [];
