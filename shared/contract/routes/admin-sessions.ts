import * as z from 'zod';

import { bulk } from '../bulk.ts';
import { pageQuery, searchedPageOf, searchQuery } from '../fields.ts';
import { ofEverybody } from '../of-everybody.ts';
import { route } from '../route.ts';
import { SESSION_SORT_FIELDS, SESSION_STATUSES, sessionView } from './sessions.ts';

export const adminSessionRoutes = {
  listAllSessions: route({
    feature: 'sessions',
    access: 'admin',
    method: 'GET',
    path: '/api/admin/sessions',
    summary: 'Spark sessions of everybody, newest first',
    query: pageQuery.extend({
      ...ofEverybody,
      ...searchQuery(SESSION_SORT_FIELDS),
      status: z
        .enum(SESSION_STATUSES, { error: `Give status as one of ${SESSION_STATUSES.join(', ')}.` })
        .default('all'),
    }),
    response: searchedPageOf(sessionView),
    status: 200,
  }),
  terminateSessions: route({
    ...bulk('Terminate sessions immediately; each answers for itself'),
    feature: 'sessions',
    path: '/api/admin/sessions/terminate',
  }),
};
