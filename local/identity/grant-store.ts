import type { Adapter, AdapterConstructor, AdapterPayload } from 'oidc-provider';
import * as z from 'zod';

import { openStateFile } from '../state-file.ts';

interface StoredModel {
  readonly payload: AdapterPayload;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number | null;
}

const StoredModels = z.record(
  z.string(),
  z.object({
    payload: z.custom<AdapterPayload>((value) => typeof value === 'object'),
    expiresAt: z.number().nullable(),
  }),
);

/** Sessions, grants and tokens of the identity provider, in one file, so that people stay signed in across restarts. */
export const grantStore = (file: string): AdapterConstructor => {
  const state = openStateFile<Record<string, StoredModel>>(file, StoredModels, {});
  const models = new Map(Object.entries(state.value));

  const isLive = ({ expiresAt }: StoredModel): boolean => expiresAt === null || expiresAt > Date.now();
  const save = (): void => {
    for (const [key, model] of models) if (!isLive(model)) models.delete(key);
    state.write(Object.fromEntries(models));
  };

  return class GrantStore implements Adapter {
    readonly #model: string;

    constructor(model: string) {
      this.#model = model;
    }

    async upsert(id: string, payload: AdapterPayload, expiresIn: number): Promise<void> {
      models.set(this.#key(id), { payload, expiresAt: expiresIn ? Date.now() + expiresIn * 1000 : null });
      save();
    }

    async find(id: string): Promise<AdapterPayload | undefined> {
      const model = models.get(this.#key(id));
      return model !== undefined && isLive(model) ? model.payload : undefined;
    }

    async findByUid(uid: string): Promise<AdapterPayload | undefined> {
      return this.#findBy((payload) => payload.uid === uid);
    }

    async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
      return this.#findBy((payload) => payload.userCode === userCode);
    }

    async consume(id: string): Promise<void> {
      const model = models.get(this.#key(id));
      if (model === undefined) return;
      model.payload.consumed = Math.floor(Date.now() / 1000);
      save();
    }

    async destroy(id: string): Promise<void> {
      models.delete(this.#key(id));
      save();
    }

    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, { payload }] of models) if (payload.grantId === grantId) models.delete(key);
      save();
    }

    #key(id: string): string {
      return `${this.#model}:${id}`;
    }

    #findBy(matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
      for (const [key, model] of models) {
        if (key.startsWith(`${this.#model}:`) && isLive(model) && matches(model.payload)) return model.payload;
      }
      return undefined;
    }
  };
};
