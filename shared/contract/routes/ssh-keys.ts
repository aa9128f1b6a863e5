import * as z from 'zod';

import { SSH_KEY_TYPES } from '../../domain/ssh-key.ts';
import { pageOf, pageQuery, requestBody, text } from '../fields.ts';
import { route } from '../route.ts';

export const sshKeyView = z.object({
  id: z.string(),
  title: z.string(),
  type: z.enum(SSH_KEY_TYPES),
  bits: z.number(),
  fingerprint: z.string(),
  fingerprintMd5: z.string(),
  createdAt: z.string(),
  /** Keys do not change. */
  modifiedAt: z.string(),
  warnings: z.array(z.string()),
});

export type SshKeyView = z.output<typeof sshKeyView>;

/** The key itself is validated by `checkedPublicKey` of the domain, with a message for each problem. */
export const sshKeyBody = requestBody({
  title: text('a title', 100).regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, {
    error: 'The title contains control characters or line breaks. Type it again.',
  }),
  key: z.string({ error: 'Paste the public key.' }),
});

const common = { feature: 'ssh-keys', access: 'signed-in' } as const;

export const sshKeyRoutes = {
  listSshKeys: route({
    ...common,
    method: 'GET',
    path: '/api/ssh-keys',
    summary: 'My SSH keys, newest first',
    query: pageQuery,
    response: pageOf(sshKeyView),
    status: 200,
  }),
  addSshKey: route({
    ...common,
    method: 'POST',
    path: '/api/ssh-keys',
    summary: 'Add a public key',
    body: sshKeyBody,
    response: sshKeyView,
    status: 201,
  }),
  getSshKey: route({
    ...common,
    method: 'GET',
    path: '/api/ssh-keys/{id}',
    summary: 'One SSH key',
    response: sshKeyView,
    status: 200,
  }),
  getRawSshKey: route({
    ...common,
    method: 'GET',
    path: '/api/ssh-keys/{id}/raw',
    summary: 'The public key as text',
    status: 200,
  }),
  deleteSshKey: route({
    ...common,
    method: 'DELETE',
    path: '/api/ssh-keys/{id}',
    summary: 'Delete a key; clusters that use it keep running',
    status: 204,
  }),
};
