import type { SshKeyView } from '../../shared/contract/routes/ssh-keys.ts';
import type { Person } from '../../shared/domain/person.ts';
import { permittedSshKey } from '../access/permitted-ssh-key.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';
import { sshKeyToView } from './ssh-key-view.ts';

/** @throws NotFound */
export const getSshKey =
  ({ sshKeys }: { readonly sshKeys: SshKeyRepository }) =>
  async ({ id }: { readonly id: string }, person: Person): Promise<SshKeyView> =>
    sshKeyToView(await permittedSshKey(sshKeys, id, person, 'view'));
