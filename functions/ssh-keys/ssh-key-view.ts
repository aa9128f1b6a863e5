import type { SshKeyView } from '../../shared/contract/routes/ssh-keys.ts';
import { sshKeyWarnings, type ListedSshKey } from '../../shared/domain/ssh-key.ts';

export const sshKeyToView = (key: ListedSshKey): SshKeyView => ({
  id: key.id,
  title: key.title,
  type: key.type,
  bits: key.bits,
  fingerprint: key.fingerprint,
  fingerprintMd5: key.fingerprintMd5,
  createdAt: key.createdAt,
  modifiedAt: key.createdAt,
  warnings: sshKeyWarnings(key),
});
