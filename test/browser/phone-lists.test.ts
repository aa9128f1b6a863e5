import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';

import { PHONE } from './browser.ts';
import { answerInstead, answers, onBuiltPages } from './built-pages.ts';
import { alice, cluster, EMPTY, key, usageSum } from './examples.ts';
import { expectAccessible } from './expectations.ts';
import { poorlySetOn } from './typesetting.ts';

const AT = '2026-11-23T06:00:00.000Z';
const REQUEST = '1f0c9a52-7d3e-4b8a-9a53-2f6f0f4f7b1e';

const task = {
  task: 'sendMails',
  everyMinutes: 1,
  lastStartedAt: AT,
  lastEndedAt: AT,
  durationMs: 1234,
  handled: 7,
  lastError: 'SweepFailed: SES refused the mail',
  lastErrorAt: AT,
  running: 0,
  modifiedAt: AT,
  isOverdue: false,
};
const quota = { used: 2, limit: 3 };
const person = {
  id: 'sub-bob',
  username: 'bob',
  email: 'bob@example.com',
  groups: ['job-maintainers'],
  firstSeenAt: '2026-01-02T03:04:05.000Z',
  lastSeenAt: AT,
  isDisabled: false,
  departure: null,
  modifiedAt: AT,
  spend: { month: '2026-11', total: 12.5, currency: 'USD' },
  budget: { limit: 150, used: 20, level: 'ok' },
  quotas: { clusters: quota, workers: quota, sessions: quota, sparkJobs: quota, sshKeys: quota },
} as const;
const entry = {
  at: AT,
  actor: 'bob',
  actorId: 'sub-bob',
  action: 'run.terminate',
  object: { kind: 'run', id: 'daily-report/20261123T060000000Z-0123456789' },
  detail: { identifier: 'daily-report', size: 12, parameters: ['days', 'country'] },
  sourceIp: '203.0.113.7',
  requestId: REQUEST,
} as const;
const mail = {
  id: 'record-1',
  kind: 'run-failed',
  to: 'bob@example.com',
  about: { kind: 'run', id: 'daily-report/20261123T060000000Z-0123456789' },
  state: 'sent',
  createdAt: AT,
  sentAt: '2026-11-23T06:01:00.000Z',
  attempts: 3,
  modifiedAt: AT,
  lastError: null,
} as const;

describe('a list on a phone', () => {
  let page: Page;

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    await page.setViewportSize(PHONE);
    const me = { ...alice, groups: ['admins'], permissions: ['administer'] };
    await answerInstead(page, 'getMe', answers<'getMe'>(me));
    await answerInstead(page, 'listUpkeep', answers<'listUpkeep'>({ items: [task] }));
    const people = { items: [{ ...person, groups: [...person.groups] }], cursor: null, total: 1 };
    await answerInstead(page, 'listPeople', answers<'listPeople'>(people));
    await answerInstead(page, 'listAudit', answers<'listAudit'>({ items: [entry], cursor: null }));
    await answerInstead(page, 'listAlerts', answers<'listAlerts'>({ items: [mail], cursor: null }));
    const usage = { from: '2026-11-01', to: '2026-11-30', currency: 'USD', total: usageSum } as const;
    const items = [{ key: 'bob', id: 'sub-bob', ...usageSum }];
    await answerInstead(page, 'getUsage', answers<'getUsage'>({ ...usage, by: 'person', items }));
  });

  it.each([
    ['upkeep', 'Send mails', ['Last end', 'Duration', '1.2 s', 'Items', '7', 'SweepFailed: SES refused the mail']],
    [
      'people',
      'bob',
      ['Groups', 'job-maintainers', '$12.50', 'Budget: $20.00 of $150.00', 'Workers: 2 of 3', '2026-01-02'],
    ],
    ['audit', 'bob', ['identifier: daily-report · size: 12 · parameters: days, country', '203.0.113.7', REQUEST]],
    ['alerts', 'Run failed', ['Caused', 'Sent', '06:01 UTC', 'Attempts', '3']],
    ['usage?by=person', 'bob', ['Hours', '10.5', 'Instance hours', '42', 'Normalized instance hours', '320']],
  ])('of %s tells behind a button of the row what has no column', async (section, row, facts) => {
    await page.goto(`${pages.url}/admin/${section}`);
    const more = page.getByRole('button', { name: `More about ${row}` });
    await more.click();
    const shown = page.getByRole('region', { name: `More about ${row}` });
    await shown.waitFor();
    const text = (await shown.innerText()).replaceAll(/\s+/g, ' ');
    for (const fact of facts) expect(text).toContain(fact);
    const box = await shown.boundingBox();
    expect(box?.x).toBeGreaterThanOrEqual(0);
    // Right below its button, or right above it.
    const { y = 0, height = 0 } = (await more.boundingBox()) ?? {};
    const gaps = [(box?.y ?? 0) - y - height, y - (box?.y ?? 0) - (box?.height ?? 0)];
    expect(gaps.map(Math.round)).toContain(4);
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(PHONE.width);
    expect(await poorlySetOn(page)).toEqual([]);
    await expectAccessible(page, [PHONE]);
    await page.keyboard.press('Escape');
    await shown.waitFor({ state: 'hidden' });
    expect(await more.evaluate((button) => button === document.activeElement)).toBe(true);
  });

  it('has a column for each of them again on a wider screen', async () => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.goto(`${pages.url}/admin/upkeep`);
    await page.getByRole('columnheader', { name: 'Last error' }).waitFor();
    expect(await page.getByRole('button', { name: /^More about/ }).count()).toBe(0);
    await page.goto(`${pages.url}/admin/audit`);
    const request = page.getByText(REQUEST);
    await request.waitFor();
    // Shortened rather than broken, where the detail needs the room.
    expect(await request.evaluate(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)).toBe(true);
    expect(await poorlySetOn(page)).toEqual([]);
  });

  it('of what was done calls a run by its job, and tells its id below', async () => {
    await page.goto(`${pages.url}/admin/audit`);
    const link = page.getByRole('link', { name: 'daily-report', exact: true });
    expect(await link.getAttribute('href')).toBe('/spark-jobs/daily-report/runs/20261123T060000000Z-0123456789');
    await page.getByText('20261123T060000000Z-0123456789', { exact: true }).waitFor();
  });

  it('tells of a person who left when they were last there', async () => {
    const departure = { reason: 'disabled', at: '2026-11-24T06:00:00.000Z' } as const;
    const left = { ...person, groups: [], departure };
    await answerInstead(page, 'listPeople', answers<'listPeople'>({ items: [left], cursor: null, total: 1 }));
    await page.goto(`${pages.url}/admin/people`);
    const row = page.getByRole('row', { name: /bob/ });
    expect((await row.innerText()).replaceAll(/\s+/g, ' ')).toContain('Last sign-in: 2026-11-23 06:00 UTC');
  });

  it('of instances tells their types, and their ids to copy', async () => {
    const instance = {
      id: 'i-0db8d97f1289e0e467',
      role: 'master',
      type: 'm5.xlarge',
      market: 'onDemand',
      state: 'RUNNING',
      reason: null,
      createdAt: AT,
      readyAt: AT,
      finishedAt: null,
    } as const;
    await answerInstead(page, 'getCluster', answers<'getCluster'>(cluster));
    await answerInstead(page, 'getClusterGrants', answers<'getClusterGrants'>({ grants: [] }));
    await answerInstead(page, 'listEmrReleases', answers<'listEmrReleases'>(EMPTY));
    await answerInstead(
      page,
      'getClusterInstances',
      answers<'getClusterInstances'>({ isWhole: true, instances: [instance] }),
    );
    await page.goto(`${pages.url}/clusters/c1?tab=instances`);
    await page.getByRole('button', { name: 'More about Master' }).click();
    await page.getByText('m5.xlarge').waitFor();
    await page.getByRole('button', { name: 'Copy the instance id' }).click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(instance.id);
    await expectAccessible(page, [PHONE]);
  });
});

const FINGERPRINT = 'SHA256:E01mrh9t6X/noMpTAqzPH+5v+l3OCcqN31zn7rbLAPA';
const MD5 = '65:96:2d:fc:e8:d5:a9:11:64:0c:0f:ea:00:6e:5b:bd';

describe('an id on a phone', () => {
  let page: Page;

  const pages = onBuiltPages(async (opened) => {
    page = opened;
    await page.setViewportSize(PHONE);
    await answerInstead(page, 'getMe', answers<'getMe'>({ ...alice, permissions: ['administer'] }));
    await answerInstead(page, 'listEmrReleases', answers<'listEmrReleases'>(EMPTY));
    const sshKey = { ...key, fingerprint: FINGERPRINT, fingerprintMd5: MD5 };
    await answerInstead(page, 'getSshKey', answers<'getSshKey'>(sshKey));
    await answerInstead(page, 'listClusters', answers<'listClusters'>({ ...EMPTY, total: 0 }));
    const all = { items: [{ ...sshKey, owner: 'bob', ownerId: 'sub-bob' }], cursor: null };
    await answerInstead(page, 'listAllSshKeys', answers<'listAllSshKeys'>(all));
    await answerInstead(page, 'getCluster', answers<'getCluster'>(cluster));
    await answerInstead(page, 'getClusterGrants', answers<'getClusterGrants'>({ grants: [] }));
  });

  const linesOf = (text: string) =>
    page
      .getByText(text, { exact: true })
      .first()
      .evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        // An ellipsis makes two boxes of one line.
        return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
      });

  it('is whole on its own line where it has room', async () => {
    await page.goto(`${pages.url}/clusters/c1`);
    await page.getByRole('button', { name: 'Copy the cluster id' }).waitFor();
    const id = page.getByText('j-2AXXXXXXGAPLF', { exact: true });
    expect(await linesOf('j-2AXXXXXXGAPLF')).toBe(1);
    expect(await id.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)).toBe(true);
    const button = await page.getByRole('button', { name: 'Copy the cluster id' }).boundingBox();
    expect((await id.boundingBox())?.x).toBeGreaterThan((button?.x ?? 0) + (button?.width ?? 0) - 1);
  });

  it('is shortened where it has none, and copied whole', async () => {
    await page.goto(`${pages.url}/ssh-keys/k1`);
    const copy = page.getByRole('button', { name: 'Copy the fingerprint' });
    await copy.first().click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(FINGERPRINT);
    expect(await linesOf(FINGERPRINT)).toBe(1);
    expect(await linesOf(MD5)).toBe(1);
    await expectAccessible(page, [PHONE]);
  });

  it('leaves the other columns of a list their room', async () => {
    await page.goto(`${pages.url}/admin/ssh-keys`);
    await page.getByRole('link', { name: 'laptop' }).waitFor();
    expect(await linesOf(FINGERPRINT)).toBe(1);
    const table = await page.getByRole('table').boundingBox();
    expect((table?.x ?? 0) + (table?.width ?? 0)).toBeLessThanOrEqual(PHONE.width);
    await expectAccessible(page, [PHONE]);
  });
});
