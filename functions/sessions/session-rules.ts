import type { EmrRelease } from '../../shared/domain/emr-release.ts';
import { InvalidInput, type FieldError } from '../../shared/domain/errors.ts';
import { launchErrors } from '../../shared/domain/limits.ts';
import type { Person } from '../../shared/domain/person.ts';
import { sessionLimits, type SessionRequest } from '../../shared/domain/session.ts';
import type { Limits } from '../../shared/domain/settings.ts';
import type { EmrReleases } from '../ports/emr-release-repository.ts';
import { hasSessionsNow } from './session-offer.ts';

const releaseError = (version: string, known: EmrRelease | undefined): FieldError => {
  const remedy = 'Choose 7.13.0 or a newer one from the list.';
  return known === undefined || !known.isActive
    ? { field: 'emrRelease', message: `EMR release ${version} is not available. ${remedy}` }
    : { field: 'emrRelease', message: `EMR release ${version} has no sessions on EMR Serverless. ${remedy}` };
};

/**
 * Checks a request against the current state.
 * @returns what clients of the release need
 * @throws InvalidInput with an error for each invalid field
 */
export const checkSession =
  ({ releases }: { readonly releases: EmrReleases }) =>
  async (request: SessionRequest, person: Person, limits: Limits) => {
    const known = (await releases.all()).find(({ version }) => version === request.emrRelease);
    const release = known !== undefined && hasSessionsNow(known) ? known : null;
    const errors = [
      ...launchErrors(request, person, sessionLimits(limits)),
      release === null ? releaseError(request.emrRelease, known) : null,
    ].filter((error) => error !== null);
    if (release === null || errors.length > 0) throw new InvalidInput(errors);
    const { sparkVersion, pythonVersion } = release;
    return { sparkVersion, pythonVersion };
  };
