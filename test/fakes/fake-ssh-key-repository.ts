import { Conflict, NotFound } from '../../shared/domain/errors.ts';
import type { SshKey } from '../../shared/domain/ssh-key.ts';
import type { SshKeyRepository } from '../../functions/ports/ssh-key-repository.ts';
import { paged } from './paged.ts';

export const fakeSshKeyRepository = (...present: readonly SshKey[]): SshKeyRepository => {
  const keys = new Map(present.map((key) => [key.id, key]));
  return {
    async add(key) {
      if (keys.has(key.id)) throw new Conflict(`You already have this key (${key.fingerprint}).`);
      keys.set(key.id, key);
    },
    async get(id) {
      const key = keys.get(id);
      if (key === undefined) throw new NotFound('SSH key', id);
      return key;
    },
    find: async (id) => keys.get(id) ?? null,
    async listOf(ownerId, page) {
      const own = [...keys.values()].filter((key) => key.ownerId === ownerId);
      return paged(
        ownerId,
        own.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
        page,
      );
    },
    list: async (page) =>
      paged(
        'all',
        [...keys.values()].toSorted((a, b) => b.createdAt.localeCompare(a.createdAt)),
        page,
      ),
    withFingerprint: async (wanted) =>
      [...keys.values()].filter(({ fingerprint, fingerprintMd5 }) => [fingerprint, fingerprintMd5].includes(wanted)),
    async delete({ id }) {
      keys.delete(id);
    },
  };
};
