import { createHash } from 'node:crypto';

/** Derived from owner and fingerprint, so that one conditional write makes the key unique. */
export const sshKeyId = (ownerId: string, fingerprint: string): string =>
  createHash('sha256').update(`${ownerId}\n${fingerprint}`).digest('base64url').slice(0, 22);
