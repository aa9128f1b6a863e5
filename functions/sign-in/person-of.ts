import { Forbidden } from '../../shared/domain/errors.ts';
import { usernameFor, type Person } from '../../shared/domain/person.ts';
import type { IdentityClaims } from '../ports/identity-provider.ts';
import type { SignInSettings } from './sign-in-settings.ts';

/**
 * The person that the claims describe.
 * @throws Forbidden where the address is not verified, or sign-in is limited to other groups
 */
export const personOf = (
  { subject, email, isEmailVerified, groups, remoteGroups }: IdentityClaims,
  { companyDomain, allowedRemoteGroups }: Pick<SignInSettings, 'companyDomain' | 'allowedRemoteGroups'>,
): Person => {
  // An unverified address may be somebody else's, whose username it would give.
  if (!isEmailVerified)
    throw new Forbidden(`${email} is not verified. Ask the people who run the portal to have it verified.`);
  const allowed = allowedRemoteGroups.split(',').flatMap((group) => group.trim() || []);
  const isMember = [...groups, ...remoteGroups].some((group) => allowed.includes(group));
  if (allowed.length > 0 && !isMember)
    throw new Forbidden('This portal is open to members of certain groups only. Ask its admins to be let in.');
  return { id: subject, username: usernameFor(email, companyDomain), email, groups };
};
