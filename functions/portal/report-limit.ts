import { createHash, randomBytes } from 'node:crypto';

import { TooManyRequests } from '../../shared/domain/errors.ts';
import { MINUTE_MS } from '../../shared/domain/instant.ts';
import type { Clock } from '../runtime/clock.ts';

/** Reports of one address in a minute: a page sends a handful, a loop sends no more. */
const PER_SENDER = 20;
/** Of all addresses together, so that many senders cannot fill the log. */
const PER_MINUTE = 200;

/** @throws TooManyRequests */
export type ReportLimit = (sourceIp: string) => void;

/**
 * Counts reports in the memory of one function instance, by the minute (ADR 0036). Nothing of the sender is stored or logged:
 * the key is a hash with a salt that nobody else has and that goes with the instance.
 */
export const reportLimit = (clock: Clock): ReportLimit => {
  const salt = randomBytes(16);
  let minute = 0;
  let total = 0;
  let counts = new Map<string, number>();
  return (sourceIp) => {
    const now = Math.floor(Date.parse(clock.now()) / MINUTE_MS);
    if (now !== minute) {
      minute = now;
      total = 0;
      counts = new Map();
    }
    const sender = createHash('sha256').update(salt).update(sourceIp).digest('base64');
    const count = (counts.get(sender) ?? 0) + 1;
    total += 1;
    if (count > PER_SENDER || total > PER_MINUTE)
      throw new TooManyRequests('Too many reports. Send no more for a minute.', { total });
    counts.set(sender, count);
  };
};
