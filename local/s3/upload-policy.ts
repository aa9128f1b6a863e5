import * as z from 'zod';

import { AwsError } from '../aws-json.ts';

const Condition = z.union([
  z.tuple([z.literal('content-length-range'), z.number(), z.number()]),
  z.tuple([z.enum(['eq', 'starts-with']), z.string().startsWith('$'), z.string()]),
  z.record(z.string(), z.string()),
]);
const Policy = z.object({ expiration: z.string(), conditions: z.array(Condition) });

/** Fields that no condition has to mention. */
const UNCONDITIONAL = /^(file|policy|x-amz-signature|x-ignore-.*)$/;

/**
 * Holds an upload form to the policy that was signed for it (POST policy of Signature Version 4).
 * @param fields by their names in lower case, and the bucket
 * @param size bytes of the file
 * @throws AwsError as S3 words it
 */
export const checkUploadPolicy = (text: string, fields: ReadonlyMap<string, string>, size: number): void => {
  const { expiration, conditions } = parse(text);
  // Written so that an expiration that is no date has passed.
  if (!(Date.parse(expiration) > Date.now())) throw denied('Policy expired.');
  const mentioned = new Set<string>();
  for (const condition of conditions) {
    if (Array.isArray(condition) && condition[0] === 'content-length-range') {
      checkSize(size, condition[1], condition[2]);
      continue;
    }
    for (const [operator, name, wanted] of comparisons(condition)) {
      mentioned.add(name);
      const value = fields.get(name) ?? '';
      if (operator === 'starts-with' ? !value.startsWith(wanted) : value !== wanted) {
        throw denied(`Policy Condition failed: ${JSON.stringify([operator, `$${name}`, wanted])}`);
      }
    }
  }
  const extra = [...fields.keys()].filter(
    (name) => !mentioned.has(name) && name !== 'bucket' && !UNCONDITIONAL.test(name),
  );
  if (extra.length > 0) throw denied(`Extra input fields: ${extra.join(', ')}`);
};

const parse = (text: string): z.output<typeof Policy> => {
  try {
    return Policy.parse(JSON.parse(Buffer.from(text, 'base64').toString('utf8')));
  } catch {
    throw new AwsError('InvalidPolicyDocument', 'The content of the form does not meet the conditions of a policy.');
  }
};

type Comparison = readonly [operator: 'eq' | 'starts-with', name: string, value: string];

const comparisons = (condition: readonly unknown[] | Record<string, string>): readonly Comparison[] => {
  if (Array.isArray(condition)) {
    const [operator, name, value] = condition as [Comparison[0], string, string];
    return [[operator, name.slice(1).toLowerCase(), value]];
  }
  return Object.entries(condition as Record<string, string>).map(([name, value]) => ['eq', name.toLowerCase(), value]);
};

const checkSize = (size: number, least: number, most: number): void => {
  if (size < least) {
    throw new AwsError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed object size.');
  }
  if (size > most)
    throw new AwsError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed object size.');
};

const denied = (why: string): AwsError => new AwsError('AccessDenied', `Invalid according to Policy: ${why}`, 403);
