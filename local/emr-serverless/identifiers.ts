import { randomBytes } from 'node:crypto';

/** `00f1r2ks1c0ptf09`, as EMR Serverless's: 16 digits and letters. */
export const newId = (): string =>
  `00${BigInt(`0x${randomBytes(10).toString('hex')}`)
    .toString(36)
    .padStart(14, '0')
    .slice(-14)}`;
