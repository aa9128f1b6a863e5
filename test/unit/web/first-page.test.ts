import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { FIRST_PAGE, FIRST_PAGE_BUDGET, pageSizes, type PageSize } from '../../../web/build/page-sizes.ts';

describe('what the pages weigh over the wire', () => {
  let sizes: PageSize[];
  beforeAll(async () => {
    // Vite takes React's development build where this says `test`.
    vi.stubEnv('NODE_ENV', 'production');
    sizes = await pageSizes();
  }, 60_000);
  afterAll(() => {
    vi.unstubAllEnvs();
  });

  it('keeps the first page within its budget', () => {
    const first = sizes.find(({ page }) => page === FIRST_PAGE);
    expect(first?.gzip).toBeLessThanOrEqual(FIRST_PAGE_BUDGET);
    // Far less would mean that something is not counted: React alone is more than this.
    expect(first?.gzip).toBeGreaterThan(100_000);
  });

  it('counts every page that is loaded on its own', () => {
    expect(sizes.map(({ page }) => page)).toContain('create-spark-job-page');
    expect(sizes.length).toBeGreaterThanOrEqual(12);
  });

  it('does not load the forms’ schemas and editors with the first page', () => {
    const form = sizes.find(({ page }) => page === 'create-spark-job-page');
    const first = sizes.find(({ page }) => page === FIRST_PAGE);
    expect(form?.gzip).toBeGreaterThan((first?.gzip ?? 0) + 20_000);
  });
});
