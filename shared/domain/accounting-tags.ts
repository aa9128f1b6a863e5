/** EC2's limits, which EMR's tags share (EMR Management Guide, "Tag restrictions"): 50 tags a resource, `aws:` reserved. */
const MAX_KEY = 128;
const MAX_VALUE = 256;
const IN_TAGS = /^[\p{L}\p{N} _.:/=+@-]*$/u;
const RESERVED_PREFIX = /^aws:/i;

/** The portal's own tags: permissions, orphan search and EMR's managed policy go by them. */
export const PORTAL_TAGS = [
  'Owner',
  'Name',
  'Environment',
  'Application',
  'App',
  'Type',
  'RunToken',
  'for-use-with-amazon-emr-managed-policies',
] as const;

/** Of the 50 that a resource may have, the portal's own and a few more that it may add are left out. */
export const MAX_ACCOUNTING_TAGS = 30;

const RESERVED: ReadonlySet<string> = new Set(PORTAL_TAGS.map((key) => key.toLowerCase()));

/** Why this cannot be a tag, with the remedy; null if it can. */
export const tagProblem = (key: string, value: string): string | null => {
  if (key.trim() === '' || key.length > MAX_KEY) return `Give a tag a name of 1 to ${MAX_KEY} characters.`;
  if (value.length > MAX_VALUE) return `Shorten the value to at most ${MAX_VALUE} characters.`;
  if (RESERVED_PREFIX.test(key) || RESERVED_PREFIX.test(value))
    return 'AWS reserves names and values that begin with aws: for itself. Choose another one.';
  if (!IN_TAGS.test(key) || !IN_TAGS.test(value))
    return 'Use letters, digits, spaces and _ . : / = + - @ only, as AWS allows in tags.';
  // Also in other letters: tags that differ by case only are easily mistaken in a bill.
  if (RESERVED.has(key.toLowerCase())) return `The portal itself sets the tag ${key}. Choose another name.`;
  if (key === '__proto__') return 'Choose another name.';
  return null;
};
