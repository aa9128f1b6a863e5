import type { Setting } from '../../shared/contract/environment.ts';
import { DEFAULT_LIMITS, type Settings } from '../../shared/domain/settings.ts';

/** What a stage's configuration says of the settings that admins change later. */
export const STAGE_SETTINGS = ['companyDomain', 'stageSettings'] as const satisfies readonly Setting[];

type StageEnvironment = Readonly<Record<(typeof STAGE_SETTINGS)[number], string>>;

/** The settings until an admin saves others. The synthesis has checked them. */
export const stageSettings = ({ companyDomain, stageSettings: json }: StageEnvironment): Settings => ({
  ...(JSON.parse(json) as Omit<Settings, 'companyDomain' | 'limits'>),
  companyDomain: companyDomain === '' ? null : companyDomain,
  limits: DEFAULT_LIMITS,
});
