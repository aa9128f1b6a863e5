import type { RunEngine } from './engine.ts';

/** Upper limits and presets of forms. Hours and workers; lower limits are fixed. */
export interface Limits {
  /** Workers of a cluster or run; cluster maintainers have no limit. */
  readonly maxSize: number;
  readonly maxLifetime: number;
  readonly defaultLifetime: number;
  readonly maxIdleHours: number;
  readonly defaultIdleHours: number;
  /** Of one run of a Spark job. */
  readonly maxTimeout: number;
  readonly defaultTimeout: number;
}

export interface HelpLink {
  readonly text: string;
  readonly url: string;
}

/** What admins change while the portal runs. Each launch uses the newest version of its moment. */
export interface Settings {
  /** Whose addresses become short usernames; null: nobody's. */
  readonly companyDomain: string | null;
  readonly masterInstanceType: string;
  readonly coreInstanceType: string;
  readonly spot: {
    readonly isEnabled: boolean;
    /** Per cent of the on-demand price. */
    readonly maximumPricePercent: number;
  };
  readonly limits: Limits;
  /** On clusters and their instances, for the bill. */
  readonly accountingTags: Readonly<Record<string, string>>;
  readonly helpLinks: readonly HelpLink[];
  /** Of Spark jobs that name none. */
  readonly defaultEngine: RunEngine;
}

/** The settings of one moment, with the version of their document: 0 while the stage's own count. */
export interface CurrentSettings extends Settings {
  readonly version: number;
}

/** Workers that forms preset: the master alone. */
export const DEFAULT_SIZE = 1;

export const DEFAULT_LIMITS: Limits = {
  maxSize: 30,
  maxLifetime: 24,
  defaultLifetime: 8,
  maxIdleHours: 24,
  defaultIdleHours: 3,
  maxTimeout: 24,
  defaultTimeout: 24,
};

/** What the largest limit may be. */
export const LIMITS_OF_LIMITS = {
  /** Far above any default; a cluster maintainer may launch more. */
  maxSize: 500,
  /** A week: EMR ends no cluster earlier for being idle (its longest idle time). */
  maxLifetime: 7 * 24,
  maxIdleHours: 7 * 24,
  /** The run-job workflow waits for a previous run a day at most. */
  maxTimeout: 24,
} as const;

/**
 * A field that a later release adds to the settings has the stage's value until somebody saves it. The default engine of a stage
 * without EMR Serverless is `cluster`, whatever was saved while it had it.
 */
export const completeSettings = (saved: Settings, ofStage: Settings): Settings => {
  const complete = { ...ofStage, ...saved, limits: { ...ofStage.limits, ...saved.limits } };
  return ofStage.defaultEngine === 'cluster' ? { ...complete, defaultEngine: 'cluster' } : complete;
};
