import { Forbidden } from '../../shared/domain/errors.ts';
import { usernameFor, type Person } from '../../shared/domain/person.ts';
import type { IdentityClaims } from '../ports/identity-provider.ts';
import type { ReadSettings } from '../settings/read-settings.ts';
import type { SignInSettings } from './sign-in-settings.ts';

interface PersonOfDependencies {
  readonly allowedRemoteGroups: SignInSettings['allowedRemoteGroups'];
  /** For the company's domain. */
  readonly settings: ReadSettings;
}

/**
 * The person that the claims describe.
 * @throws Forbidden if the address is not verified, or sign-in is limited to other groups
 */
export const personOf =
  ({ allowedRemoteGroups, settings }: PersonOfDependencies) =>
  async ({ subject, email, isEmailVerified, groups, remoteGroups }: IdentityClaims): Promise<Person> => {
    // An unverified address may belong to another person and would give access under their username.
    if (!isEmailVerified)
      throw new Forbidden(`${email} is not verified. Ask the operators of the portal to verify it.`);
    const allowed = allowedRemoteGroups.split(',').flatMap((group) => group.trim() || []);
    const isMember = [...groups, ...remoteGroups].some((group) => allowed.includes(group));
    if (allowed.length > 0 && !isMember)
      throw new Forbidden('Only members of certain groups may use this portal. Ask its admins for access.');
    const { companyDomain } = await settings();
    return { id: subject, username: usernameFor(email, companyDomain ?? ''), email, groups };
  };
