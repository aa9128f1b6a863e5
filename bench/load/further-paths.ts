/** How pages ask for more than a list's first page: searched, sorted, narrowed, and of all people. */
export const FURTHER_PATHS: readonly string[] = [
  '/api/clusters?status=all&owner=all',
  '/api/sessions?status=all&owner=all',
  '/api/spark-jobs?owner=all',
  '/api/spark-jobs?owner=shared',
];

/** Lists that are read as a whole to find or to sort what is in them. */
export const SEARCHES: readonly string[] = [
  '/api/admin/ssh-keys?query=person-0020',
  '/api/clusters?status=all&query=load-00020',
  '/api/sessions?status=all&query=load-00020',
  '/api/spark-jobs?owner=mine&query=load-00020',
  '/api/admin/clusters?query=load-00020',
  '/api/admin/sessions?query=load-00020',
  '/api/admin/spark-jobs?query=load-00020',
  '/api/admin/spark-jobs?sort=-latestRun',
  '/api/admin/spark-jobs?status=failed',
  '/api/admin/people?query=person-0020',
];
