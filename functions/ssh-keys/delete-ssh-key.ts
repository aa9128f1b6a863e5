import { actOf } from '../../shared/domain/audit.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { permittedSshKey } from '../access/permitted-ssh-key.ts';
import type { QuotaReservations } from '../access/quota-reservations.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';
import type { Clock } from '../runtime/clock.ts';

interface DeleteSshKeyDependencies {
  readonly sshKeys: SshKeyRepository;
  readonly quotas: Pick<QuotaReservations, 'open' | 'release'>;
  readonly audit: AuditTrail;
  readonly clock: Clock;
}

/** Clusters that use the key keep running. @throws NotFound */
export const deleteSshKey =
  ({ sshKeys, quotas, audit, clock }: DeleteSshKeyDependencies) =>
  async ({ id }: { readonly id: string }, person: Caller): Promise<undefined> => {
    const key = await permittedSshKey(sshKeys, id, person, 'manage');
    const { title, fingerprint, owner } = key;
    const object = { kind: 'ssh-key', id } as const;
    await audit.record(
      actOf(person, { action: 'ssh-key.delete', object, detail: { title, fingerprint, owner } }, clock.now()),
    );
    const reserved = { kind: 'sshKey', id: key.id } as const;
    await quotas.open(key.ownerId, reserved);
    await sshKeys.delete(key);
    await quotas.release(key.ownerId, reserved);
  };
