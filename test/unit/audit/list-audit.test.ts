import { describe, expect, it } from 'vitest';

import { listAudit } from '../../../functions/admin/list-audit.ts';
import { auditQuery } from '../../../shared/contract/routes/admin-audit.ts';
import { actOf, auditKeptUntil, type AuditEntry } from '../../../shared/domain/audit.ts';
import { ALICE, at } from '../../fakes/cluster.ts';
import { fakeAuditTrail } from '../../fakes/fake-audit-trail.ts';
import { testClock } from '../../fakes/test-clock.ts';

const act = { action: 'cluster.launch', object: { kind: 'cluster', id: 'c1' } } as const;
const entry = (time: string, changes: Partial<AuditEntry> = {}): AuditEntry => ({
  ...actOf(ALICE, act, at(time)),
  requestId: time,
  ...changes,
});

const list = async (query: Record<string, string>, ...entries: AuditEntry[]) => {
  const audit = fakeAuditTrail();
  audit.entries.push(...entries);
  const answer = await listAudit({ audit, clock: testClock(at('12:00:00')) })(auditQuery.parse(query));
  return answer.items.map(({ requestId }) => requestId);
};

const DAY = [
  entry('06:00:00'),
  entry('07:00:00', { action: 'spark-job.run', object: { kind: 'spark-job', id: 'daily' } }),
  entry('08:00:00', { actor: 'atmo', action: 'run.time-out', object: { kind: 'run', id: 'daily/r1' } }),
];

describe('the audit trail for admins', () => {
  it('is narrowed by actor, action and object, with or without its kind', async () => {
    expect(await list({}, ...DAY)).toEqual(['08:00:00', '07:00:00', '06:00:00']);
    expect(await list({ actor: 'ATMO' }, ...DAY)).toEqual(['08:00:00']);
    expect(await list({ action: 'cluster.launch' }, ...DAY)).toEqual(['06:00:00']);
    expect(await list({ object: 'daily' }, ...DAY)).toEqual(['08:00:00', '07:00:00']);
    expect(await list({ object: 'spark-job:daily' }, ...DAY)).toEqual(['07:00:00']);
    expect(await list({ object: 'SHA256:abc' }, ...DAY)).toEqual([]);
  });

  it('takes whole days, each from its first second to its last', async () => {
    const today = at('00:00:00').slice(0, 10);
    const bounds = ['00:00:00', '23:59:59'].map((time) => entry(time));
    const clock = testClock(`${today}T23:59:59.000Z`);
    const audit = fakeAuditTrail();
    audit.entries.push(...bounds);
    const { items } = await listAudit({ audit, clock })(auditQuery.parse({ from: today, to: today }));
    expect(items.map(({ requestId }) => requestId)).toEqual(['23:59:59', '00:00:00']);
    expect(auditQuery.safeParse({ from: '2026-02-30' }).error?.issues[0]?.message).toContain('Give a time');
  });

  it('is narrowed by time, the last second included', async () => {
    const late = entry('08:00:00', { at: '2026-11-23T08:00:00.900Z', requestId: 'late' });
    expect(await list({ from: at('07:00:00'), to: at('08:00:00') }, ...DAY, late)).toEqual([
      'late',
      '08:00:00',
      '07:00:00',
    ]);
    await expect(list({ from: at('09:00:00'), to: at('08:00:00') })).rejects.toMatchObject({
      name: 'InvalidInput',
      errors: [{ field: 'from' }],
    });
  });

  it('shows nothing that is older than a year, which DynamoDB may not have deleted yet', async () => {
    const old = entry('06:00:00', { at: '2025-11-23T11:59:59.000Z', requestId: 'old' });
    const kept = entry('06:00:00', { at: '2025-11-23T12:00:00.000Z', requestId: 'kept' });
    expect(await list({ from: '2025-01-01T00:00:00Z' }, old, kept)).toEqual(['kept']);
    expect(await list({ to: '2025-01-01T00:00:00Z' }, old, kept)).toEqual([]);
    expect(auditKeptUntil(kept)).toBe('2026-11-23T12:00:00.000Z');
  });

  it.each([
    [{ action: 'cluster.explode' }],
    [{ actor: ' ' }],
    [{ from: 'yesterday' }],
    [{ limit: '0' }],
    [{ who: 'alice' }],
  ])('refuses %j', (query) => {
    expect(auditQuery.safeParse(query).success).toBe(false);
  });

  it('refuses a kind without an id', async () => {
    await expect(list({ object: 'cluster:' })).rejects.toMatchObject({ errors: [{ field: 'object' }] });
  });
});

describe('an entry', () => {
  it('tells somebody called atmo from the portal', () => {
    const named = { ...ALICE, username: 'atmo', email: 'atmo@example.com' };
    expect(actOf(named, act, at('06:00:00')).actor).toBe('atmo@example.com');
  });

  it('shortens long texts, and keeps what is not text', () => {
    const detail = {
      text: 'x'.repeat(10_000),
      names: Array.from({ length: 1000 }, () => 'y'.repeat(1000)),
      size: 3,
      isPublic: false,
      end: null,
    };
    const bounded = actOf(ALICE, { ...act, detail }, at('06:00:00')).detail;
    expect(JSON.stringify(bounded).length).toBeLessThan(4000);
    expect(bounded).toMatchObject({
      text: expect.stringMatching(/^x{300,400}…?$/),
      size: 3,
      isPublic: false,
      end: null,
    });
    expect(bounded['names']).toHaveLength(21);
    expect(bounded['names']).toContain('and 980 more');
  });
});
