import type { Person } from '../../shared/domain/person.ts';
import { permittedSshKey } from '../access/permitted-ssh-key.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';

/** Clusters that use the key keep running. @throws NotFound */
export const deleteSshKey =
  ({ sshKeys }: { readonly sshKeys: SshKeyRepository }) =>
  async ({ id }: { readonly id: string }, person: Person): Promise<undefined> => {
    await sshKeys.delete(await permittedSshKey(sshKeys, id, person, 'manage'));
  };
