import type { ClusterRequest } from '../../shared/domain/cluster.ts';
import { InvalidInput, NotFound, type FieldError } from '../../shared/domain/errors.ts';
import { idleHoursError, launchErrors } from '../../shared/domain/limits.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { Limits } from '../../shared/domain/settings.ts';
import type { SshKey } from '../../shared/domain/ssh-key.ts';
import type { EmrReleases } from '../ports/emr-release-repository.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';
import type { ReadSettings } from '../settings/read-settings.ts';

export interface LaunchRules {
  readonly sshKeys: SshKeyRepository;
  readonly releases: EmrReleases;
  readonly settings: ReadSettings;
}

/** The person's own key; null also for the key of another person. */
const ownKey = async (sshKeys: SshKeyRepository, id: string, person: Person): Promise<SshKey | null> => {
  try {
    const key = await sshKeys.get(id);
    return key.ownerId === person.id ? key : null;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
};

const UNKNOWN_KEY: FieldError = {
  field: 'sshKeyId',
  message: 'SSH key not found. Choose one of your keys, or add one first.',
};

const inactiveRelease = (version: string): FieldError => ({
  field: 'emrRelease',
  message: `EMR release ${version} is not available. Choose one from the list.`,
});

/**
 * Checks a request against the current state.
 * @returns the SSH key for the cluster
 * @throws InvalidInput with an error for each invalid field
 */
export const checkLaunch =
  ({ sshKeys, releases }: Pick<LaunchRules, 'sshKeys' | 'releases'>) =>
  async (request: ClusterRequest, person: Person, limits: Limits): Promise<SshKey> => {
    const [key, known] = await Promise.all([ownKey(sshKeys, request.sshKeyId, person), releases.all()]);
    const isOffered = known.some(({ version, isActive }) => isActive && version === request.emrRelease);
    const errors = [
      ...launchErrors(request, person, limits),
      idleHoursError(request.idleHours, limits),
      key === null ? UNKNOWN_KEY : null,
      isOffered ? null : inactiveRelease(request.emrRelease),
    ].filter((error) => error !== null);
    if (key === null || errors.length > 0) throw new InvalidInput(errors);
    return key;
  };
