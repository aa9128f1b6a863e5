import { generateKeyPairSync, randomBytes } from 'node:crypto';

import type { JWK } from 'oidc-provider';
import * as z from 'zod';

import { openStateFile } from '../state-file.ts';

const Keys = z.object({
  signing: z.custom<JWK>((value) => typeof value === 'object' && value !== null && 'kty' in value),
  cookies: z.string().min(32),
});

/** What tokens and cookies are signed with, made once, so that they stay valid across restarts. */
export const identityKeys = (file: string): z.infer<typeof Keys> => {
  const state = openStateFile<z.infer<typeof Keys> | null>(file, Keys.nullable(), null);
  if (state.value !== null) return state.value;
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = {
    signing: {
      ...privateKey.export({ format: 'jwk' }),
      kid: randomBytes(8).toString('hex'),
      alg: 'RS256',
      use: 'sig',
    } as JWK,
    cookies: randomBytes(32).toString('base64url'),
  };
  state.write(keys);
  return keys;
};
