import { createHash } from 'node:crypto';

/** The same for the same key of the same person, so that one conditional write makes it unique. */
export const sshKeyId = (owner: string, fingerprint: string): string =>
  createHash('sha256').update(`${owner}\n${fingerprint}`).digest('base64url').slice(0, 22);
