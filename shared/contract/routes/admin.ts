import { announcementBody, announcementView } from '../announcement.ts';
import { route } from '../route.ts';

const common = { feature: 'admin', access: 'admin' } as const;

export const adminRoutes = {
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
