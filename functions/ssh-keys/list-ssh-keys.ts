import type { SshKeyView } from '../../shared/contract/routes/ssh-keys.ts';
import type { PageRequest } from '../../shared/domain/page.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';
import { sshKeyToView } from './ssh-key-view.ts';

/** The person's own keys, newest first. */
export const listSshKeys =
  ({ sshKeys }: { readonly sshKeys: SshKeyRepository }) =>
  async (page: PageRequest, person: Person): Promise<{ items: SshKeyView[]; cursor: string | null }> => {
    const { items, cursor } = await sshKeys.listOf(person.id, page);
    return { items: items.map(sshKeyToView), cursor };
  };
