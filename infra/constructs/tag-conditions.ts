/** Condition keys for tags: of the request that makes a resource, or of the resource itself. */
export const tagConditions = (
  of: 'RequestTag' | 'ResourceTag',
  tags: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:${of}/${key}`, value]));
