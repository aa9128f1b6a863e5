/**
 * Tags of what the portal itself makes in the account at run time, beside CloudFormation: security groups and file systems. The
 * permissions to make and change them, and the command that removes them, go by these tags.
 */
export const runTimeTags = (environment: string) =>
  ({ Application: 'ATMO', Environment: environment, MadeBy: 'portal' }) as const;

/** EMR's managed service policy acts only on network parts that carry this tag. */
export const EMR_MANAGED_TAG = { key: 'for-use-with-amazon-emr-managed-policies', value: 'true' } as const;
