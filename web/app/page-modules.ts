import { lazy, type ComponentType } from 'react';
import { matchPath } from 'react-router';

import { PATHS } from './paths.ts';

interface PageModule {
  readonly path: string;
  readonly load: () => Promise<{ readonly default: ComponentType }>;
  readonly Content: ComponentType;
}

const page = (path: string, load: PageModule['load']): PageModule => ({ path, load, Content: lazy(load) });

/** Every page by its address. Forms are under `/new/`, because a Spark job may well be called `new`. */
export const PAGE_MODULES: readonly PageModule[] = [
  page('/', () => import('../features/dashboard/dashboard-page.tsx')),
  page('/clusters', () => import('../features/clusters/clusters-page.tsx')),
  page('/spark-jobs', () => import('../features/spark-jobs/spark-jobs-page.tsx')),
  page(PATHS.cluster, () => import('../features/clusters/cluster-page.tsx')),
  page(PATHS.sparkJob, () => import('../features/spark-jobs/spark-job-page.tsx')),
  page(PATHS.run, () => import('../features/run-report/run-page.tsx')),
  page(PATHS.compareRuns, () => import('../features/run-comparison/run-comparison-page.tsx')),
  page('/new/cluster', () => import('../features/clusters/launch-cluster-page.tsx')),
  page('/new/spark-job', () => import('../features/spark-jobs/create-spark-job-page.tsx')),
  page(PATHS.editSparkJob, () => import('../features/spark-jobs/edit-spark-job-page.tsx')),
  page('/deleted-spark-jobs', () => import('../features/spark-jobs/deleted-spark-jobs-page.tsx')),
  page(PATHS.deletedSparkJob, () => import('../features/spark-jobs/deleted-spark-job-page.tsx')),
  page('/sessions', () => import('../features/sessions/sessions-page.tsx')),
  page('/new/session', () => import('../features/sessions/start-session-page.tsx')),
  page(PATHS.session, () => import('../features/sessions/session-page.tsx')),
  page('/ssh-keys', () => import('../features/ssh-keys/ssh-keys-page.tsx')),
  page('/ssh-keys/:id', () => import('../features/ssh-keys/ssh-key-page.tsx')),
  page('/new/ssh-key', () => import('../features/ssh-keys/add-ssh-key-page.tsx')),
  page('/usage', () => import('../features/usage/usage-page.tsx')),
  page('/news', () => import('../features/news/news-page.tsx')),
  page('/api-reference', () => import('../features/api-reference/api-reference-page.tsx')),
  page('/admin/*', () => import('../features/admin/admin-page.tsx')),
];

/** Pages that most visits go on to, fetched when the browser is idle. */
const LIKELY: ReadonlySet<string> = new Set(['/clusters', '/spark-jobs', PATHS.cluster, PATHS.sparkJob]);

/** Fetches the scripts of a page ahead of its visit. A failure is told when the page is visited. */
export const preloadPage = (pathname: string): void => {
  const module = PAGE_MODULES.find(({ path }) => matchPath(path, pathname) !== null);
  module?.load().catch(() => undefined);
};

/** Milliseconds in which the first page has its own requests for itself. */
const AFTER_FIRST_PAGE = 3000;

/** Fetches the scripts of likely pages, one after the other, while nothing else happens. */
export const preloadLikelyPages = (): void => {
  const modules = PAGE_MODULES.filter(({ path }) => LIKELY.has(path));
  const loadNext = async (): Promise<void> => {
    await modules
      .shift()
      ?.load()
      .catch(() => undefined);
    if (modules.length > 0) whenIdle(() => void loadNext());
  };
  setTimeout(() => whenIdle(() => void loadNext()), AFTER_FIRST_PAGE);
};

/** Safari has no idle callback. */
const whenIdle = (act: () => void): void =>
  void ('requestIdleCallback' in globalThis ? requestIdleCallback(act, { timeout: 5000 }) : setTimeout(act, 2000));
