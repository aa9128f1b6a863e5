import { DEFAULT_QUOTA_RULES, type QuotaRules } from '../../shared/domain/quota.ts';
import type { Documents } from '../ports/documents.ts';

/** @throws AwsThrottled, AwsFailed */
export type ReadQuotaRules = () => Promise<QuotaRules>;

/** The quotas of everyone and of single people, as an admin saved them last. */
export const readQuotaRules =
  (documents: Pick<Documents, 'newest'>): ReadQuotaRules =>
  async () => {
    const saved = (await documents.newest('quotas'))?.content;
    if (saved === undefined) return DEFAULT_QUOTA_RULES;
    // A quota that a later release adds has its default until somebody saves it.
    return { ...saved, everyone: { ...DEFAULT_QUOTA_RULES.everyone, ...saved.everyone } };
  };
