import type { RawAnswer } from '../../shared/contract/route.ts';
import type { Person } from '../../shared/domain/person.ts';
import { permittedSshKey } from '../access/permitted-ssh-key.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';

/** @throws NotFound */
export const getRawSshKey =
  ({ sshKeys }: { readonly sshKeys: SshKeyRepository }) =>
  async ({ id }: { readonly id: string }, person: Person): Promise<RawAnswer> => {
    const { key } = await permittedSshKey(sshKeys, id, person, 'view');
    // Comments are free text, so the response must not be rendered as HTML.
    const headers = { 'content-type': 'text/plain; charset=utf-8', 'x-content-type-options': 'nosniff' };
    return { headers, body: `${key}\n` };
  };
