import { describe, expect, it } from 'vitest';

import { renderMail } from '../../../functions/mail/render-mail.ts';
import type { MailKind, OutboxMail } from '../../../shared/domain/mail.ts';

const common = { id: 'm', to: 'alice@example.com', since: '2026-11-23T05:00:00.000Z' };
const DESCRIPTION = 'Counts <what> happened yesterday';
const scheduledAt = '2026-11-23T06:00:00.000Z';

const failed = (changes: Partial<(OutboxMail & { kind: 'run-failed' })['values']> = {}): OutboxMail => ({
  ...common,
  kind: 'run-failed',
  values: {
    jobIdentifier: 'daily-report',
    description: DESCRIPTION,
    runId: 'r1',
    scheduledAt,
    reason: { code: 'STEP_FAILURE', message: 'Shut down as step failed' },
    failure: { cell: 3, errorName: 'ValueError', errorValue: 'bad <b>"value"</b>' },
    ...changes,
  },
});

const budgetUsed = (changes: Partial<(OutboxMail & { kind: 'budget-used' })['values']> = {}): OutboxMail => ({
  ...common,
  kind: 'budget-used',
  values: {
    account: 'person#sub-alice',
    owner: 'alice',
    month: '2026-11',
    limit: 200,
    used: 163.999,
    level: 'warning',
    ...changes,
  },
});

const mails: Readonly<Record<MailKind, OutboxMail>> = {
  'cluster-expires-soon': {
    ...common,
    kind: 'cluster-expires-soon',
    values: { clusterId: 'c1', identifier: 'brave-curie-1867', expiresAt: scheduledAt },
  },
  'session-expires-soon': {
    ...common,
    kind: 'session-expires-soon',
    values: { sessionId: 's1', name: 'keen-noether-1918', expiresAt: scheduledAt },
  },
  'spark-job-expired': {
    ...common,
    kind: 'spark-job-expired',
    values: {
      jobIdentifier: 'daily-report',
      description: DESCRIPTION,
      endDate: scheduledAt,
      createdAt: '2026-01-02T03:04:05.000Z',
      modifiedAt: '2026-02-03T04:05:06.000Z',
      lastRun: { at: '2026-11-22T06:00:00.000Z', outcome: 'timedOut' },
    },
  },
  'run-timed-out': {
    ...common,
    kind: 'run-timed-out',
    values: { jobIdentifier: 'daily-report', description: DESCRIPTION, runId: 'r1', scheduledAt, timeoutHours: 24 },
  },
  'run-failed': failed(),
  'person-left': {
    ...common,
    kind: 'person-left',
    values: {
      username: 'bob',
      email: 'bob@example.com',
      reason: 'disabled',
      clusters: ['c1'],
      clusterCount: 1,
      sessions: ['keen-noether-1918', 'brave-curie-1867'],
      jobs: ['a', 'b'],
      jobCount: 22,
    },
  },
  'run-missed': {
    ...common,
    kind: 'run-missed',
    values: {
      jobIdentifier: 'daily-report',
      description: DESCRIPTION,
      occurrence: scheduledAt,
      reason: { code: 'PREVIOUS_RUN', message: 'The run before was still going.' },
    },
  },
  'budget-used': budgetUsed(),
  'release-support-ends': {
    ...common,
    kind: 'release-support-ends',
    values: {
      jobIdentifier: 'daily-report',
      description: DESCRIPTION,
      emrRelease: '7.9.0',
      supportEndsOn: '2027-05-19',
      hasEnded: false,
    },
  },
  'hourly-cost': { ...common, kind: 'hourly-cost', values: { hourly: 51.234, limit: 50 } },
};

const render = (mail: OutboxMail, environment = 'staging') =>
  renderMail({ environment, publicUrl: 'https://atmo.example.com', mailCopyTo: 'service@example.com' })(mail);

describe('a mail', () => {
  it.each([
    ['everyone', 'The budget of the portal'],
    ['group#analysts', 'The budget of the group analysts'],
    ['person#sub-alice', 'The budget of alice'],
  ] as const)('about the budget %s says whose it is, how much is used and who can raise it', (account, name) => {
    const { subject, text } = render(budgetUsed({ account, level: 'exceeded', used: 200 }));
    expect(subject).toBe(`[ATMO staging] ${name} for 2026-11 is used up`);
    for (const words of ['Budget: $200.00', 'Used: $200.00', 'An administrator of the portal can raise the budget.'])
      expect(text).toContain(words);
  });

  it.each<[MailKind, string, string, string | null]>([
    ['cluster-expires-soon', 'Cluster brave-curie-1867 expires at 2026-11-23 06:00 UTC', '/clusters/c1', null],
    ['session-expires-soon', 'Session keen-noether-1918 expires at 2026-11-23 06:00 UTC', '/sessions/s1', null],
    [
      'person-left',
      'bob has left: 1 cluster and 2 sessions ended, 22 Spark jobs paused',
      '/admin/people?query=bob',
      null,
    ],
    ['spark-job-expired', 'Spark job daily-report has expired', '/spark-jobs/daily-report', 'service@example.com'],
    ['run-timed-out', 'Spark job daily-report timed out', '/spark-jobs/daily-report/runs/r1', 'service@example.com'],
    [
      'run-failed',
      'Spark job daily-report failed (STEP_FAILURE)',
      '/spark-jobs/daily-report/runs/r1',
      'service@example.com',
    ],
    [
      'run-missed',
      'Spark job daily-report missed its run of 2026-11-23 06:00 UTC',
      '/spark-jobs/daily-report',
      'service@example.com',
    ],
    [
      'release-support-ends',
      'Spark job daily-report: AWS support for EMR 7.9.0 ends on 2027-05-19',
      '/spark-jobs/daily-report/edit',
      'service@example.com',
    ],
    ['hourly-cost', 'Everything together costs $51.23 an hour', '/admin', null],
    ['budget-used', 'The budget of alice for 2026-11 is at 81 %', '/', null],
  ])('of kind %s has its subject, its link and its readers', (kind, subject, path, copyTo) => {
    const mail = render(mails[kind]);
    expect(mail).toMatchObject({ to: 'alice@example.com', copyTo, subject: `[ATMO staging] ${subject}` });
    expect(mail.text).toContain(`https://atmo.example.com${path}\n`);
    expect(mail.html).toContain(`<a href="https://atmo.example.com${path}"`);
  });

  it.each(['spark-job-expired', 'run-timed-out', 'run-failed', 'run-missed', 'release-support-ends'] as const)(
    'of kind %s has the description of the job and a link to edit it',
    (kind) => {
      const { text, html } = render(mails[kind]);
      expect(text).toContain(`Description: ${DESCRIPTION}\n`);
      expect(html).toContain('Counts &lt;what&gt; happened yesterday');
      expect(text).toContain('https://atmo.example.com/spark-jobs/daily-report/edit\n');
    },
  );

  it('of an expired job tells when it was created, modified and last run', () => {
    const { text } = render(mails['spark-job-expired']);
    expect(text).toContain('Created: 2026-01-02 03:04 UTC');
    expect(text).toContain('Modified: 2026-02-03 04:05 UTC');
    expect(text).toContain('Last run: 2026-11-22 06:00 UTC, timed out');
  });

  it('has no terminal codes and no control characters, in text and HTML', () => {
    const errorValue = '\u001B[31mred\u001B[0m \u0007bell\u0000 line\nnext\tcell \u009B1m';
    const { text, html } = render(failed({ failure: { cell: 1, errorName: 'E', errorValue } }));
    expect(text).toContain('Error: E: red bell line\nnext\tcell ');
    for (const part of [text, html]) expect(part).not.toMatch(/[^\P{Cc}\n\t]/u);
  });

  it('names the environment unless it is production', () => {
    expect(render(mails['spark-job-expired'], 'prod').subject).toBe('[ATMO] Spark job daily-report has expired');
  });

  it('is copied to nobody where no address is set', () => {
    const settings = { environment: 'dev', publicUrl: 'https://atmo.example.com', mailCopyTo: '' };
    expect(renderMail(settings)(failed()).copyTo).toBeNull();
  });

  it('of a failure tells reason, cell and error, escaped in HTML alone', () => {
    const { text, html } = render(failed());
    expect(text).toContain('Reason: STEP_FAILURE: Shut down as step failed');
    expect(text).toContain('Failing cell: 3');
    expect(text).toContain('Error: ValueError: bad <b>"value"</b>');
    expect(html).toContain('ValueError: bad &lt;b&gt;&quot;value&quot;&lt;/b&gt;');
    expect(html).not.toContain('<b>');
  });

  it('of a failure leaves out what is not known', () => {
    const { subject, text } = render(failed({ reason: null, failure: null }));
    expect(subject).toBe('[ATMO staging] Spark job daily-report failed');
    expect(text).not.toMatch(/Reason|cell|Error|null/);
  });

  it('keeps long errors short', () => {
    const errorValue = 'x'.repeat(10_000);
    expect(render(failed({ failure: { cell: 1, errorName: 'E', errorValue } })).text.length).toBeLessThan(1000);
  });

  it('reads as text in lines of 76 characters, and ends with who sent it', () => {
    const { text } = render(mails['run-timed-out']);
    for (const line of text.split('\n')) if (!line.includes('://')) expect(line.length).toBeLessThanOrEqual(76);
    expect(text).toMatch(/\n--\nSent by ATMO staging, https:\/\/atmo\.example\.com\. Times are UTC\.\n$/);
    expect(text).toContain(`\nDescription: ${DESCRIPTION}\nPlanned: 2026-11-23 06:00 UTC\nTimeout: 24 h\nRun: r1\n`);
  });

  it('reads as HTML with its title, its facts in rows and its first link as a button', () => {
    const { html } = render(mails['run-timed-out']);
    expect(html).toMatch(/ATMO staging<h1 [^>]*>Spark job daily-report timed out<\/h1>/);
    expect(html.match(/<th scope="row"/g)).toHaveLength(4);
    const [button, link] = html.match(/<a href="[^"]*" style="[^"]*"/g) ?? [];
    expect(button).toContain('background: #0068d6');
    expect(link).not.toContain('background');
  });

  it('has no header that a value made up', () => {
    const evil = 'X\r\nBcc: everybody@example.com\u2028Subject: other';
    const mail = render({
      ...failed({ jobIdentifier: evil, reason: { code: evil, message: '' } }),
      to: `a@b.c\r\n${evil}`,
    });
    for (const header of [mail.subject, mail.to]) expect(header).not.toMatch(/[\r\n\u2028\u2029]/);
    expect(mail.html).toContain('/spark-jobs/X%0D%0ABcc');
  });
});
