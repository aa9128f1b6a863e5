import { NOTHING_BILLED, type Rate } from './cost.ts';

/** What a launch takes from the settings of the moment of its claim, kept with it: a launch that waits or is repeated uses the same. */
export interface LaunchSettings {
  /** Of the settings' document; 0: the stage's own. */
  readonly settingsVersion: number;
  readonly masterInstanceType: string;
  readonly coreInstanceType: string;
  /** Null: every worker is on demand. */
  readonly spot: {
    /** Per cent of the on-demand price. */
    readonly maximumPricePercent: number;
    /** What the fleet of spot workers may consist of. */
    readonly instanceTypes: readonly string[];
  } | null;
  readonly accountingTags: Readonly<Record<string, string>>;
}

/** What is launched, and what it costs. */
export interface LaunchTerms {
  readonly rate: Rate;
  readonly launchSettings: LaunchSettings;
}

/** Of what is never launched. */
export const NEVER_LAUNCHED: LaunchTerms = {
  rate: NOTHING_BILLED,
  launchSettings: {
    settingsVersion: 0,
    masterInstanceType: '',
    coreInstanceType: '',
    spot: null,
    accountingTags: {},
  },
};
