import type { SshKeyView } from '../../shared/contract/routes/ssh-keys.ts';
import { actOf } from '../../shared/domain/audit.ts';
import type { Caller } from '../../shared/domain/person.ts';
import { checkedPublicKey, type PublicKeyParser, type SshKey } from '../../shared/domain/ssh-key.ts';
import type { QuotaReservations } from '../access/quota-reservations.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Clock } from '../runtime/clock.ts';
import { sshKeyId } from './ssh-key-id.ts';
import type { SshKeyRepository } from '../ports/ssh-key-repository.ts';
import { sshKeyToView } from './ssh-key-view.ts';

interface AddSshKeyDependencies {
  readonly sshKeys: SshKeyRepository;
  readonly quotas: Pick<QuotaReservations, 'require' | 'reserve'>;
  readonly audit: AuditTrail;
  readonly parsePublicKey: PublicKeyParser;
  readonly clock: Clock;
}

/** @throws InvalidInput (field `key`), TooLarge, Conflict where the person already has the fingerprint; QuotaExceeded */
export const addSshKey =
  ({ sshKeys, quotas, audit, parsePublicKey, clock }: AddSshKeyDependencies) =>
  async ({ title, key }: { readonly title: string; readonly key: string }, person: Caller): Promise<SshKeyView> => {
    const { line, type, bits, fingerprint, fingerprintMd5 } = checkedPublicKey(key, parsePublicKey);
    const sshKey: SshKey = {
      id: sshKeyId(person.id, fingerprint),
      ownerId: person.id,
      owner: person.username,
      title,
      key: line,
      type,
      bits,
      fingerprint,
      fingerprintMd5,
      createdAt: clock.now(),
    };
    const reserved = { kind: 'sshKey', id: sshKey.id } as const;
    await quotas.require(person, reserved);
    const object = { kind: 'ssh-key', id: sshKey.id } as const;
    await audit.record(
      actOf(person, { action: 'ssh-key.add', object, detail: { title, type, bits, fingerprint } }, sshKey.createdAt),
    );
    await quotas.reserve(person, reserved);
    await sshKeys.add(sshKey);
    return sshKeyToView(sshKey);
  };
