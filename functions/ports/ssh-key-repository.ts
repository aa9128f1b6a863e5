import type { Page, PageRequest } from '../../shared/domain/page.ts';
import type { ListedSshKey, SshKey } from '../../shared/domain/ssh-key.ts';

/** Where public keys are kept. An id is derived from owner and fingerprint, which makes both unique in one write. */
export interface SshKeyRepository {
  /** @throws Conflict where the same person already has the fingerprint */
  add(key: SshKey): Promise<void>;
  /** @throws NotFound */
  get(id: string): Promise<SshKey>;
  find(id: string): Promise<SshKey | null>;
  /** Newest first. */
  listOf(ownerId: string, page: PageRequest): Promise<Page<SshKey>>;
  /** Of everybody, newest first. */
  list(page: PageRequest): Promise<Page<ListedSshKey>>;
  /** Of everybody, by the whole fingerprint, SHA-256 or MD5. */
  withFingerprint(fingerprint: string): Promise<readonly SshKey[]>;
  delete(key: SshKey): Promise<void>;
}
