import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { answerInstead, answers, onBuiltPages } from './built-pages.ts';
import { alice, ATTACK, usageSum } from './examples.ts';
import { expectAccessible } from './expectations.ts';

const AT = '2026-11-23T06:00:00.000Z';

describe('what admins see of the portal itself', () => {
  let page: Page;

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    const admin = { ...alice, groups: ['admins'], permissions: ['administer'] };
    await answerInstead(page, 'getMe', answers<'getMe'>(admin));
  });

  it('is each mail with its last error as text, and a way to send it again', async () => {
    const alert = {
      id: 'record-1',
      kind: 'run-failed',
      to: `${'very-long-name'.repeat(4)}@example.com`,
      about: { kind: 'run', id: 'daily-report/20261123T060000000Z-0123456789' },
      state: 'failed',
      createdAt: AT,
      sentAt: null,
      attempts: 1,
      modifiedAt: AT,
      lastError: `SES refused the mail: ${ATTACK}`,
    } as const;
    await answerInstead(page, 'listAlerts', answers<'listAlerts'>({ items: [alert], cursor: null }));
    await page.goto(`${pages.url}/admin/alerts`);
    await page.getByText('SES refused the mail').waitFor();
    expect(await page.getByRole('link', { name: 'daily-report' }).getAttribute('href')).toBe(
      '/spark-jobs/daily-report/runs/20261123T060000000Z-0123456789',
    );
    await expectAccessible(page);
    await answerInstead(page, 'resendAlert', answers<'resendAlert'>({ ...alert, state: 'waiting' }));
    const sent = page.waitForRequest(
      (request) => request.method() === 'POST' && request.url().endsWith('/api/admin/alerts/record-1/resend'),
    );
    await page.getByRole('button', { name: 'Send again' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click();
    await sent;
  });

  it('is each periodic task: on time, failed, overdue or never run', async () => {
    const item = {
      everyMinutes: 5,
      lastStartedAt: AT,
      lastEndedAt: AT,
      durationMs: 1234,
      handled: 7,
      lastError: null,
      lastErrorAt: null,
      running: 0,
      modifiedAt: AT,
      isOverdue: false,
    };
    const never = { lastStartedAt: null, lastEndedAt: null, durationMs: null, handled: null, modifiedAt: null };
    await answerInstead(
      page,
      'listUpkeep',
      answers<'listUpkeep'>({
        items: [
          { ...item, task: 'syncWithEmr' },
          { ...item, task: 'sendMails', everyMinutes: 1, lastError: `SweepFailed: ${ATTACK}`, lastErrorAt: AT },
          { ...item, task: 'addUpUsage', isOverdue: true },
          { ...item, task: 'compareSchedules', everyMinutes: 1440, ...never },
        ],
      }),
    );
    await page.goto(`${pages.url}/admin/upkeep`);
    for (const [task, state] of [
      ['Sync with EMR', 'On time'],
      ['Send mails', 'Failed'],
      ['Add up usage', 'Overdue'],
      ['Compare schedules', 'Not yet run'],
    ] as const)
      await page.getByRole('row', { name: task }).getByText(state, { exact: true }).waitFor();
    await expectAccessible(page);
  });

  it('is the usage of everybody, with its total, and for everybody their own', async () => {
    const usage = {
      from: '2026-11-01',
      to: '2026-11-30',
      by: 'person',
      currency: 'USD',
      items: [
        { key: 'alice', id: 'sub-alice', ...usageSum },
        { key: '=1+1@example.com', id: 'sub-bob', ...usageSum },
      ],
      total: { ...usageSum, cost: 18.22 },
    } as const;
    await answerInstead(page, 'getUsage', answers<'getUsage'>({ ...usage, items: [...usage.items] }));
    await page.goto(`${pages.url}/admin/usage?by=person`);
    await page.getByRole('row', { name: 'Total' }).getByText('$18.22').waitFor();
    await expectAccessible(page);

    const mine = { month: '2026-11', total: 9.11, currency: 'USD', budget: null };
    const byDay = [{ day: '2026-11-23', ...usageSum }];
    const byKind = [{ kind: 'cluster', ...usageSum }];
    await answerInstead(page, 'getMyUsage', answers<'getMyUsage'>({ ...mine, byDay, byKind }));
    await page.goto(`${pages.url}/usage?month=2026-11`);
    await page.getByRole('row', { name: '2026-11-23' }).getByText('$9.11').waitFor();
    await expectAccessible(page);
  });
});
