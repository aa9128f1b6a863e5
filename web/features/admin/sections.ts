import { lazy, type ComponentType } from 'react';

interface Section {
  /** Below `/admin/`; the first section is also what `/admin` shows. */
  readonly path: string;
  readonly title: string;
  readonly Content: ComponentType;
}

/** The sections of the administration, in the order of its side list. Each is a page of its own that loads with its first visit. */
export const SECTIONS: readonly Section[] = [
  { path: 'overview', title: 'Overview', Content: lazy(() => import('./overview-page.tsx')) },
  { path: 'clusters', title: 'Clusters', Content: lazy(() => import('./all-clusters-page.tsx')) },
  { path: 'sessions', title: 'Sessions', Content: lazy(() => import('./all-sessions-page.tsx')) },
  { path: 'spark-jobs', title: 'Spark jobs', Content: lazy(() => import('./all-spark-jobs-page.tsx')) },
  { path: 'ssh-keys', title: 'SSH keys', Content: lazy(() => import('./all-ssh-keys-page.tsx')) },
  { path: 'alerts', title: 'Alerts and mails', Content: lazy(() => import('./alerts-page.tsx')) },
  { path: 'settings', title: 'Settings', Content: lazy(() => import('./settings-page.tsx')) },
  { path: 'announcement', title: 'Announcement', Content: lazy(() => import('./announcement-page.tsx')) },
  { path: 'quotas', title: 'Quotas', Content: lazy(() => import('./quotas-page.tsx')) },
  { path: 'launches', title: 'Launches', Content: lazy(() => import('./launches-page.tsx')) },
  { path: 'budgets', title: 'Budgets', Content: lazy(() => import('./budgets-page.tsx')) },
  { path: 'emr-releases', title: 'EMR releases', Content: lazy(() => import('./emr-releases-page.tsx')) },
  { path: 'people', title: 'People', Content: lazy(() => import('./people-page.tsx')) },
  { path: 'audit', title: 'Audit trail', Content: lazy(() => import('./audit-page.tsx')) },
  { path: 'upkeep', title: 'Upkeep', Content: lazy(() => import('./upkeep-page.tsx')) },
  { path: 'usage', title: 'Usage', Content: lazy(() => import('./usage-page.tsx')) },
];
