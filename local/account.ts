/** The AWS account that this machine pretends to be. */
export const ACCOUNT = {
  id: '123456789012',
  region: 'us-west-2',
  partition: 'aws',
  urlSuffix: 'amazonaws.com',
} as const;
