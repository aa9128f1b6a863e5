import * as z from 'zod';

import { announcementBody, announcementView } from '../announcement.ts';
import { pageOf, pageQuery } from '../fields.ts';
import { launchesBody, launchesView } from '../launches.ts';
import { quotasBody, quotasView } from '../quotas.ts';
import { settingsBody } from '../settings.ts';
import { settingsView } from '../settings-view.ts';
import { route } from '../route.ts';
import { adminBudgetRoutes } from './admin-budgets.ts';
import { adminAuditRoutes } from './admin-audit.ts';
import { adminOverviewRoutes } from './admin-overview.ts';
import { adminReleaseRoutes } from './admin-releases.ts';
import { adminMonitorRoutes } from './admin-monitor.ts';

const common = { feature: 'admin', access: 'admin' } as const;

export const adminRoutes = {
  getSettings: route({
    ...common,
    method: 'GET',
    path: '/api/admin/settings',
    summary: 'The settings that count for the next launch',
    response: settingsView,
    status: 200,
  }),
  putSettings: route({
    ...common,
    method: 'PUT',
    path: '/api/admin/settings',
    summary: 'Save the settings as a new version',
    body: settingsBody,
    response: settingsView,
    status: 200,
  }),
  ...adminMonitorRoutes,
  getLaunches: route({
    ...common,
    method: 'GET',
    path: '/api/admin/launches',
    summary: 'Whether launches are paused',
    response: launchesView,
    status: 200,
  }),
  setLaunches: route({
    ...common,
    method: 'POST',
    path: '/api/admin/launches',
    summary: 'Pause all launches with a reason, or let them go on',
    body: launchesBody,
    response: launchesView,
    status: 200,
  }),
  listDocumentVersions: route({
    ...common,
    method: 'GET',
    path: '/api/admin/documents/{name}/versions',
    summary: 'Who changed what in settings, announcement, quotas, budgets or launches, newest first',
    query: pageQuery,
    response: pageOf(
      z.object({
        version: z.number(),
        changedAt: z.string(),
        changedBy: z.string(),
        /** Long values are cut. */
        changes: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })),
        /** Fields that the list of changes leaves out. */
        moreChanges: z.number(),
      }),
    ),
    status: 200,
  }),
  getQuotas: route({
    ...common,
    method: 'GET',
    path: '/api/admin/quotas',
    summary: 'What one person may have, and what differs for single people',
    response: quotasView,
    status: 200,
  }),
  putQuotas: route({
    ...common,
    method: 'PUT',
    path: '/api/admin/quotas',
    summary: 'Replace the quotas',
    body: quotasBody,
    response: quotasView,
    status: 200,
  }),
  ...adminBudgetRoutes,
  ...adminAuditRoutes,
  ...adminOverviewRoutes,
  ...adminReleaseRoutes,
  getAnnouncement: route({
    ...common,
    method: 'GET',
    path: '/api/admin/announcement',
    summary: 'The announcement, also while it is switched off',
    response: announcementView,
    status: 200,
  }),
  putAnnouncement: route({
    ...common,
    method: 'PUT',
    path: '/api/admin/announcement',
    summary: 'Replace the announcement',
    body: announcementBody,
    response: announcementView,
    status: 200,
  }),
};
