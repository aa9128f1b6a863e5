import { createHash } from 'node:crypto';

/** The same for the same key of the same person, so that one conditional write makes it unique. */
export const sshKeyId = (ownerId: string, fingerprint: string): string =>
  createHash('sha256').update(`${ownerId}\n${fingerprint}`).digest('base64url').slice(0, 22);
