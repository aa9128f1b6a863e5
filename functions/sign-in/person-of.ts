import { Forbidden } from '../../shared/domain/errors.ts';
import { usernameFor, type Person } from '../../shared/domain/person.ts';
import type { IdentityClaims } from '../ports/identity-provider.ts';
import type { SignInSettings } from './sign-in-settings.ts';

/**
 * The person that the claims describe.
 * @throws Forbidden if the address is not verified, or sign-in is limited to other groups
 */
export const personOf = (
  { subject, email, isEmailVerified, groups, remoteGroups }: IdentityClaims,
  { companyDomain, allowedRemoteGroups }: Pick<SignInSettings, 'companyDomain' | 'allowedRemoteGroups'>,
): Person => {
  // An unverified address may belong to another person and would give access under their username.
  if (!isEmailVerified) throw new Forbidden(`${email} is not verified. Ask the operators of the portal to verify it.`);
  const allowed = allowedRemoteGroups.split(',').flatMap((group) => group.trim() || []);
  const isMember = [...groups, ...remoteGroups].some((group) => allowed.includes(group));
  if (allowed.length > 0 && !isMember)
    throw new Forbidden('Only members of certain groups may use this portal. Ask its admins for access.');
  return { id: subject, username: usernameFor(email, companyDomain), email, groups };
};
