import { adminClusterRoutes, adminSparkJobRoutes, adminSshKeyRoutes } from './routes/admin-lists.ts';
import { adminRunRoutes } from './routes/admin-runs.ts';
import { adminSessionRoutes } from './routes/admin-sessions.ts';
import { adminRoutes } from './routes/admin.ts';
import { clusterDetailRoutes } from './routes/cluster-details.ts';
import { clusterRoutes } from './routes/clusters.ts';
import { peopleRoutes } from './routes/people.ts';
import { runRoutes } from './routes/runs.ts';
import { portalRoutes } from './routes/portal.ts';
import { sessionRoutes } from './routes/sessions.ts';
import { sparkJobRoutes } from './routes/spark-jobs.ts';
import { sshKeyRoutes } from './routes/ssh-keys.ts';

export type { Feature, Route, RouteInput, RouteOutput, RouteRequest } from './route.ts';

/** Every route of the portal, once: the source of routing, validation, the client's types and the OpenAPI page. */
export const routes = {
  ...portalRoutes,
  ...sshKeyRoutes,
  ...clusterRoutes,
  ...clusterDetailRoutes,
  ...sessionRoutes,
  ...sparkJobRoutes,
  ...runRoutes,
  ...peopleRoutes,
  ...adminRoutes,
  ...adminClusterRoutes,
  ...adminSessionRoutes,
  ...adminSparkJobRoutes,
  ...adminRunRoutes,
  ...adminSshKeyRoutes,
};

export type Routes = typeof routes;
export type RouteName = keyof Routes;
