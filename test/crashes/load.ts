import { generateKeyPairSync } from 'node:crypto';

import type { Answer, Call } from '../local/caller.ts';
import { uploadNotebook } from '../local/upload-notebook.ts';
import type { Kind, Ledger } from './ledger.ts';

const publicKey = (): string => {
  const { x = '' } = generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' });
  const lengthAnd = (bytes: Buffer): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, bytes]);
  };
  const blob = Buffer.concat([lengthAnd(Buffer.from('ssh-ed25519')), lengthAnd(Buffer.from(x, 'base64url'))]);
  return `ssh-ed25519 ${blob.toString('base64')}`;
};

/** People who add, remove and launch without a pause, until the portal is gone. */
export const load = (person: Call, ledger: Ledger, keyId: () => string) => {
  let made = 0;
  const ids = new Map<string, string>();

  /** In doubt until it is answered: the answer may die with the portal. */
  const asked = async (kind: Kind, name: string, then: 'there' | 'gone', ask: () => Promise<Answer>): Promise<void> => {
    ledger.note(kind, name, 'doubtful');
    const { status, body } = await ask();
    // A quota is used up.
    if (status === 409 && then === 'there') return ledger.note(kind, name, 'gone');
    if (status >= 400) throw new Error(`${kind} ${name}: ${status} ${JSON.stringify(body)}`);
    ids.set(name, String(body['id']));
    ledger.note(kind, name, then);
  };

  const acts: readonly (() => Promise<void>)[] = [
    () => {
      const title = `key-${(made += 1)}`;
      return asked('key', title, 'there', () => person('/api/ssh-keys', { title, key: publicKey() }));
    },
    async () => {
      const title = ledger.anyThere('key');
      if (title !== undefined)
        await asked('key', title, 'gone', () => person(`/api/ssh-keys/${ids.get(title)}`, undefined, 'DELETE'));
    },
    async () => {
      const identifier = `job-${(made += 1)}`;
      const notebookUploadId = await uploadNotebook(person);
      await asked('job', identifier, 'there', () =>
        person('/api/spark-jobs', { identifier, description: 'Greets.', notebookUploadId }),
      );
    },
    async () => {
      const identifier = ledger.anyThere('job');
      if (identifier !== undefined)
        await asked('job', identifier, 'gone', () => person(`/api/spark-jobs/${identifier}`, undefined, 'DELETE'));
    },
    () => {
      const identifier = `cluster-${(made += 1)}`;
      const launch = { identifier, size: 1, lifetime: 2, sshKeyId: keyId(), emrRelease: '7.13.0' };
      return asked('cluster', identifier, 'there', () => person('/api/clusters', launch));
    },
  ];

  /** Goes on until a call is not answered. @throws what the portal refused */
  return async (): Promise<void> => {
    for (;;) {
      try {
        await acts[Math.floor(Math.random() * acts.length)]?.();
      } catch (error) {
        // Nobody answers any more.
        if (error instanceof TypeError) return;
        throw error;
      }
    }
  };
};
