import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { usedNames } from '../../../web/build/only-used-messages.ts';
import { FIRST_PAGE, overweight, pageSizes, type PageSize } from '../../../web/build/page-sizes.ts';

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

  it('keeps every page within its budget', () => {
    expect(overweight(sizes)).toEqual([]);
  });

  it('counts all that a page needs', () => {
    // Far less would mean that something is not counted: React alone is more than this.
    expect(sizes.every(({ gzip }) => gzip > 100_000)).toBe(true);
  });

  it('allows the first page less than the others', () => {
    const page = (name: string): PageSize => ({ page: name, gzip: 340_000, brotli: 0 });
    expect(overweight([page(FIRST_PAGE), page('clusters-page')])).toEqual([page(FIRST_PAGE)]);
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

  it('keeps the messages of all components on the pages, also of those within others, and no more', () => {
    const names = usedNames();
    // A date picker holds a calendar, a copy button a popover.
    for (const name of ['alert', 'modal', 'table', 'pagination', 'date-picker', 'calendar', 'popover', 'form-field'])
      expect(names).toContain(name);
    expect(names).not.toContain('wizard');
  });
});
