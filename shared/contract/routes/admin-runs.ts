import { bulk } from '../bulk.ts';
import { route } from '../route.ts';

export const adminRunRoutes = {
  runSparkJobs: route({
    ...bulk('Run Spark jobs now, by their identifiers; each answers for itself'),
    feature: 'runs',
    path: '/api/admin/spark-jobs/run',
  }),
};
