/** Paths of pages that mails link to, within the portal's origin. */
export const PAGES = {
  cluster: (id: string): string => `/clusters/${encodeURIComponent(id)}`,
  session: (id: string): string => `/sessions/${encodeURIComponent(id)}`,
  sparkJob: (identifier: string): string => `/spark-jobs/${encodeURIComponent(identifier)}`,
  deletedSparkJob: (identifier: string): string => `/deleted-spark-jobs/${encodeURIComponent(identifier)}`,
  editSparkJob: (identifier: string): string => `/spark-jobs/${encodeURIComponent(identifier)}/edit`,
  run: (identifier: string, runId: string): string =>
    `/spark-jobs/${encodeURIComponent(identifier)}/runs/${encodeURIComponent(runId)}`,
  compareRuns: (identifier: string, before: string, after: string): string =>
    `${PAGES.run(identifier, before)}/compare/${encodeURIComponent(after)}`,
  people: (query: string): string => `/admin/people?query=${encodeURIComponent(query)}`,
} as const;
