import { randomBytes, randomInt } from 'node:crypto';

const LETTERS_AND_DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

const code = (length: number): string =>
  Array.from({ length }, () => LETTERS_AND_DIGITS.charAt(randomInt(LETTERS_AND_DIGITS.length))).join('');

/** Ids of the shapes EMR and EC2 give: `j-` 13 characters, `s-` 20, `ig-`, `if-` and `ci-` 13, `i-` 17 hex digits. */
export const newClusterId = (): string => `j-${code(13)}`;
export const newStepId = (): string => `s-${code(20)}`;
export const newInstanceSetId = (kind: 'group' | 'fleet'): string => `${kind === 'group' ? 'ig' : 'if'}-${code(13)}`;
export const newInstanceId = (): string => `ci-${code(13)}`;
export const newEc2InstanceId = (): string => `i-${randomBytes(9).toString('hex').slice(0, 17)}`;

/** A private address of 10.0.0.0/16 and a public one of TEST-NET-3, which nobody on the internet has. */
export const newAddresses = (): { privateIp: string; publicIp: string } => ({
  privateIp: `10.0.${randomInt(256)}.${randomInt(4, 255)}`,
  publicIp: `203.0.113.${randomInt(1, 255)}`,
});

export const newSessionId = (): string => `is-${code(13)}`;

export const newPersistentUiId = (): string => `p-${code(13)}`;
