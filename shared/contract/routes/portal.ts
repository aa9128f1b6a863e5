import * as z from 'zod';

import { route } from '../route.ts';

export const me = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string(),
  groups: z.array(z.string()),
  permissions: z.array(z.string()),
  environment: z.string(),
  /** Where the clusters are, for links to the AWS console. */
  region: z.string(),
  version: z.string(),
  /** False where the deployment has no sender: no page may promise a mail. */
  sendsMails: z.boolean(),
  announcement: z
    .object({
      style: z.enum(['success', 'info', 'warning', 'danger']),
      title: z.string(),
      text: z.string(),
      isMarkdown: z.boolean(),
    })
    .nullable(),
  newsUnread: z.boolean(),
  budget: z.object({ monthly: z.number(), spent: z.number(), currency: z.string() }).nullable(),
});

export type Me = z.output<typeof me>;

const common = { feature: 'portal', access: 'anyone' } as const;

export const portalRoutes = {
  signIn: route({
    ...common,
    method: 'GET',
    path: '/auth/sign-in',
    summary: 'Begin to sign in',
    query: z.object({ returnTo: z.string().optional() }),
    status: 302,
  }),
  completeSignIn: route({
    ...common,
    method: 'GET',
    path: '/auth/callback',
    summary: 'Where the identity provider sends people back to',
    query: z.object({
      code: z.string().optional(),
      state: z.string().optional(),
      error: z.string().optional(),
      error_description: z.string().optional(),
    }),
    status: 302,
  }),
  signOut: route({
    ...common,
    method: 'POST',
    path: '/auth/sign-out',
    summary: 'End the session, here and at the provider',
    status: 302,
  }),
  getMe: route({
    ...common,
    access: 'signed-in',
    method: 'GET',
    path: '/api/me',
    summary: 'Who I am and what I may do',
    response: me,
    status: 200,
  }),
  getOpenApi: route({
    ...common,
    method: 'GET',
    path: '/api/openapi.json',
    summary: 'This contract as OpenAPI 3.1',
    response: z.record(z.string(), z.json()),
    status: 200,
  }),
  getVersion: route({
    ...common,
    method: 'GET',
    path: '/__version__',
    summary: 'Dockerflow: what is deployed',
    response: z.object({ source: z.string(), version: z.string(), commit: z.string(), build: z.string() }),
    status: 200,
  }),
  getHeartbeat: route({
    ...common,
    method: 'GET',
    path: '/__heartbeat__',
    summary: 'Dockerflow: whether the dependencies answer',
    status: 200,
  }),
  getLoadBalancerHeartbeat: route({
    ...common,
    method: 'GET',
    path: '/__lbheartbeat__',
    summary: 'Dockerflow: whether the portal answers',
    response: z.object({}),
    status: 200,
  }),
};
