import { Forbidden } from '../../shared/domain/errors.ts';
import { usernameFor, type Person } from '../../shared/domain/person.ts';
import type { IdentityClaims } from '../ports/identity-provider.ts';
import type { SignInSettings } from './sign-in-settings.ts';

/**
 * The person that the claims describe.
 * @throws Forbidden where sign-in is limited to groups that they are in none of
 */
export const personOf = (
  { email, groups, remoteGroups }: Pick<IdentityClaims, 'email' | 'groups' | 'remoteGroups'>,
  { companyDomain, allowedRemoteGroups }: Pick<SignInSettings, 'companyDomain' | 'allowedRemoteGroups'>,
): Person => {
  const allowed = allowedRemoteGroups.split(',').flatMap((group) => group.trim() || []);
  const isMember = [...groups, ...remoteGroups].some((group) => allowed.includes(group));
  if (allowed.length > 0 && !isMember)
    throw new Forbidden('This portal is open to members of certain groups only. Ask its admins to be let in.');
  return { username: usernameFor(email, companyDomain), email, groups };
};
