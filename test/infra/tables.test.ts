import { describe, expect, it } from 'vitest';

import { alarmsTable, deliveriesTable, privilegesTable, resourcePoliciesTable } from './tables.ts';
import { synthesised } from './templates.ts';

/** With someone to tell, so that the tables show whom alarms tell. */
const templates = synthesised({ alarmAddress: 'operators@example.com' });

/**
 * The files in `tables/` are read in a review: `npx vitest run --project infra -u` writes them anew, and every line of the difference
 * is a permission, a delivery or an alarm that came, changed or went.
 */
describe('the reviewed tables', () => {
  it.each([
    ['privileges', privilegesTable],
    ['resource-policies', resourcePoliciesTable],
    ['deliveries', deliveriesTable],
    ['alarms', alarmsTable],
  ])('%s are what the templates say', async (name, table) => {
    const text = table(templates);
    expect(text.length).toBeGreaterThan(500);
    await expect(text).toMatchFileSnapshot(`./tables/${name}.txt`);
  });
});
