import { createHash } from 'node:crypto';

/** Ids as Cognito makes them. Upper case is left out: EC2 may take names that differ in case only for the same. */
const PLAIN = /^[a-z0-9][a-z0-9.-]{0,39}$/;

/** A person's id as a part of names and tags in AWS. Two people never share one: a hash begins with a mark that plain ids lack. */
export const personKey = (id: string): string =>
  PLAIN.test(id) ? id : `_${createHash('sha256').update(id).digest('hex').slice(0, 40)}`;
