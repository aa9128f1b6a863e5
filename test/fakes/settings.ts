import type { ReadSettings } from '../../functions/settings/read-settings.ts';
import type { LaunchSettings } from '../../shared/domain/launch-settings.ts';
import { DEFAULT_QUOTA_RULES, type QuotaRules } from '../../shared/domain/quota.ts';
import { DEFAULT_LIMITS, type CurrentSettings, type Settings } from '../../shared/domain/settings.ts';

export const STAGE_SETTINGS: Settings = {
  companyDomain: 'example.com',
  masterInstanceType: 'm7g.xlarge',
  coreInstanceType: 'm7g.2xlarge',
  spot: { isEnabled: false, maximumPricePercent: 100 },
  limits: DEFAULT_LIMITS,
  accountingTags: {},
  helpLinks: [],
  defaultEngine: 'cluster',
};

export const settingsOf = (changes: Partial<CurrentSettings> = {}): CurrentSettings => ({
  ...STAGE_SETTINGS,
  version: 0,
  ...changes,
});

export const readFake =
  (changes: Partial<CurrentSettings> = {}): ReadSettings =>
  async () =>
    settingsOf(changes);

/** What a launch takes from them. */
export const LAUNCHED_WITH: LaunchSettings = {
  settingsVersion: 0,
  masterInstanceType: 'm7g.xlarge',
  coreInstanceType: 'm7g.2xlarge',
  spot: null,
  accountingTags: {},
};

export const SPOT = {
  maximumPricePercent: 100,
  instanceTypes: ['m7g.2xlarge', 'm6g.2xlarge', 'm8g.2xlarge', 'r6g.2xlarge'],
};

/** The quotas that everybody has until an admin saves others. */
export const quotaRules = async (): Promise<QuotaRules> => DEFAULT_QUOTA_RULES;
