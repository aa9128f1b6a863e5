import type { Setting } from '../../shared/contract/environment.ts';
import { STAGE_SETTINGS } from '../settings/stage-settings.ts';

/** What every function needs that answers signed-in people. */
export const SIGN_IN_SETTINGS = [
  'publicUrl',
  'originKey',
  ...STAGE_SETTINGS,
  'oidcIssuer',
  'oidcJwksUrl',
  'oidcAuthorizeUrl',
  'oidcTokenUrl',
  'oidcLogoutUrl',
  'oidcClientId',
  'allowedRemoteGroups',
  'cookiePrefix',
] as const satisfies readonly Setting[];

export type SignInSettings = Readonly<Record<(typeof SIGN_IN_SETTINGS)[number], string>>;
