import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import { numberOf } from '../../lib/use-form.ts';
import type { Pair } from './pair-rows.tsx';

export type SettingsView = RouteOutput<Routes['getSettings']>;

type LimitTexts = { readonly [Name in keyof SettingsView['limits']]: string };

/** The settings as the fields of the form have them. */
export interface SettingsInput {
  readonly companyDomain: string;
  readonly masterInstanceType: string;
  readonly coreInstanceType: string;
  readonly usesSpot: boolean;
  readonly maximumPricePercent: string;
  readonly limits: LimitTexts;
  readonly accountingTags: readonly Pair[];
  readonly helpLinks: readonly Pair[];
  readonly defaultEngine: SettingsView['defaultEngine'];
}

export const settingsInput = (settings: SettingsView): SettingsInput => ({
  companyDomain: settings.companyDomain ?? '',
  masterInstanceType: settings.masterInstanceType,
  coreInstanceType: settings.coreInstanceType,
  usesSpot: settings.spot.isEnabled,
  maximumPricePercent: String(settings.spot.maximumPricePercent),
  limits: Object.fromEntries(
    Object.entries(settings.limits).map(([name, value]) => [name, String(value)]),
  ) as LimitTexts,
  accountingTags: Object.entries(settings.accountingTags).map(([name, value]) => ({ name, value })),
  helpLinks: settings.helpLinks.map(({ text, url }) => ({ name: text, value: url })),
  defaultEngine: settings.defaultEngine,
});

const isFilled = ({ name, value }: Pair): boolean => name.trim() !== '' || value.trim() !== '';

/** What the fields say. Rows that are empty are left out. */
export const settingsOf = (input: SettingsInput) => ({
  companyDomain: input.companyDomain.trim() === '' ? null : input.companyDomain.trim(),
  masterInstanceType: input.masterInstanceType.trim(),
  coreInstanceType: input.coreInstanceType.trim(),
  spot: { isEnabled: input.usesSpot, maximumPricePercent: numberOf(input.maximumPricePercent) },
  limits: Object.fromEntries(Object.entries(input.limits).map(([name, text]) => [name, numberOf(text)])),
  accountingTags: Object.fromEntries(input.accountingTags.filter(isFilled).map(({ name, value }) => [name, value])),
  helpLinks: input.helpLinks.filter(isFilled).map(({ name, value }) => ({ text: name, url: value.trim() })),
  defaultEngine: input.defaultEngine,
});
