import type { Person } from '../../shared/domain/person.ts';
import { permittedSshKey } from '../access/permitted-ssh-key.ts';
import type { QuotaReservations } from '../access/quota-reservations.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';

interface DeleteSshKeyDependencies {
  readonly sshKeys: SshKeyRepository;
  readonly quotas: Pick<QuotaReservations, 'open' | 'release'>;
}

/** Clusters that use the key keep running. @throws NotFound */
export const deleteSshKey =
  ({ sshKeys, quotas }: DeleteSshKeyDependencies) =>
  async ({ id }: { readonly id: string }, person: Person): Promise<undefined> => {
    const key = await permittedSshKey(sshKeys, id, person, 'manage');
    const reserved = { kind: 'sshKey', id: key.id } as const;
    await quotas.open(key.ownerId, reserved);
    await sshKeys.delete(key);
    await quotas.release(key.ownerId, reserved);
  };
