import { permissionsOn, requirePermission, type ObjectPermission } from '../../shared/domain/access.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { SshKey } from '../../shared/domain/ssh-key.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';

/** @throws NotFound also for the key of another person */
export const permittedSshKey = async (
  sshKeys: SshKeyRepository,
  id: string,
  person: Person,
  wanted: ObjectPermission,
): Promise<SshKey> => {
  const key = await sshKeys.get(id);
  requirePermission(wanted, permissionsOn('sshKey', key, person, []), { kind: 'sshKey', id });
  return key;
};
