import * as z from 'zod';

import { announcement } from '../announcement.ts';
import { helpLinkView, limitsView } from '../settings-view.ts';
import { CSP_REPORTS_PATH } from '../csp-reports-path.ts';
import { browserErrorBody, cspReportsBody, MAX_REPORT_BYTES } from '../reports.ts';
import { route } from '../route.ts';
import { budgetView } from '../budget-views.ts';
import { monthQuery, myUsage } from '../usage.ts';

export const me = z.object({
  id: z.string(),
  username: z.string(),
  email: z.string(),
  groups: z.array(z.string()),
  permissions: z.array(z.string()),
  environment: z.string(),
  /** The Region of the clusters, for links to the AWS console. */
  region: z.string(),
  version: z.string(),
  /** Of the release; `unknown` where it was deployed without a history. */
  commit: z.string(),
  /** False if the deployment has no mail sender; pages then do not promise mails. */
  sendsMails: z.boolean(),
  announcement: announcement.nullable(),
  /** The kill switch: while launches are paused, pages say why before anybody fills in a form. */
  launches: z.object({ isPaused: z.boolean(), reason: z.string().nullable() }),
  newsUnread: z.boolean(),
  /** Of forms, as the settings have them now. */
  limits: limitsView,
  helpLinks: z.array(helpLinkView),
  budget: budgetView.nullable(),
});

export type Me = z.output<typeof me>;

const common = { feature: 'portal', access: 'anyone' } as const;

export const portalRoutes = {
  signIn: route({
    ...common,
    method: 'GET',
    path: '/auth/sign-in',
    summary: 'Start signing in',
    query: z.object({ returnTo: z.string().optional() }),
    status: 302,
  }),
  completeSignIn: route({
    ...common,
    method: 'GET',
    path: '/auth/callback',
    summary: 'Callback of the identity provider',
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
    summary: 'The signed-in person and their permissions',
    response: me,
    status: 200,
  }),
  getMyUsage: route({
    ...common,
    access: 'signed-in',
    method: 'GET',
    path: '/api/me/usage',
    summary: 'What I used in a month and what it cost, by day and by kind',
    query: monthQuery,
    response: myUsage,
    status: 200,
  }),
  getNews: route({
    ...common,
    access: 'signed-in',
    method: 'GET',
    path: '/api/news',
    summary: 'What is new, newest first',
    response: z.object({
      items: z.array(
        z.object({
          id: z.string(),
          date: z.string(),
          title: z.string(),
          /** Markdown. */
          content: z.string(),
          isUnread: z.boolean(),
        }),
      ),
    }),
    status: 200,
  }),
  seeNews: route({
    ...common,
    access: 'signed-in',
    method: 'POST',
    path: '/api/news/seen',
    summary: 'Mark all news as read',
    status: 204,
  }),
  reportBrowserError: route({
    ...common,
    method: 'POST',
    path: '/api/browser-errors',
    summary: 'An error in a page, for the portal’s log',
    body: browserErrorBody,
    maxBodyBytes: MAX_REPORT_BYTES,
    status: 204,
  }),
  reportCspViolations: route({
    ...common,
    method: 'POST',
    path: CSP_REPORTS_PATH,
    summary: 'Violations of the content security policy, as browsers report them',
    body: cspReportsBody,
    maxBodyBytes: MAX_REPORT_BYTES,
    contentTypes: ['application/csp-report', 'application/reports+json', 'application/json'],
    status: 204,
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
    summary: 'Dockerflow: the deployed version',
    response: z.object({ source: z.string(), version: z.string(), commit: z.string(), build: z.string() }),
    status: 200,
  }),
  getHeartbeat: route({
    ...common,
    method: 'GET',
    path: '/__heartbeat__',
    summary: 'Dockerflow: health of the dependencies',
    status: 200,
  }),
  getLoadBalancerHeartbeat: route({
    ...common,
    method: 'GET',
    path: '/__lbheartbeat__',
    summary: 'Dockerflow: health of the portal itself',
    response: z.object({}),
    status: 200,
  }),
};
