/** Addresses of pages that `shared/contract/pages.ts` links to, as patterns. */
export const PATHS = {
  cluster: '/clusters/:id',
  session: '/sessions/:id',
  sparkJob: '/spark-jobs/:identifier',
  deletedSparkJob: '/deleted-spark-jobs/:identifier',
  editSparkJob: '/spark-jobs/:identifier/edit',
  run: '/spark-jobs/:identifier/runs/:runId',
  compareRuns: '/spark-jobs/:identifier/runs/:runId/compare/:otherId',
  people: '/admin/people',
} as const;
