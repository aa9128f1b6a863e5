import { describe, expect, it } from 'vitest';

import { quotaReservations } from '../../../functions/access/quota-reservations.ts';
import { resolvePerson } from '../../../functions/access/resolve-person.ts';
import { changeDocument } from '../../../functions/admin/change-document.ts';
import { getQuotas, putQuotas } from '../../../functions/admin/quotas.ts';
import { validated } from '../../../functions/runtime/validate.ts';
import { readQuotaRules } from '../../../functions/settings/quota-rules.ts';
import { quotasBody, quotasView } from '../../../shared/contract/quotas.ts';
import type { InvalidInput } from '../../../shared/domain/errors.ts';
import { clusterHoursOf, DEFAULT_QUOTAS, occurrenceMinutesOf } from '../../../shared/domain/quota.ts';
import { ADMIN, ALICE, at, BOB, MAINTAINER } from '../../fakes/cluster.ts';
import { fakeAuditTrail } from '../../fakes/fake-audit-trail.ts';
import { fakeDocuments } from '../../fakes/fake-documents.ts';
import { fakePersonRepository } from '../../fakes/fake-person-repository.ts';
import { fakeReservationRepository } from '../../fakes/fake-reservation-repository.ts';
import { testClock } from '../../fakes/test-clock.ts';

const world = async () => {
  const documents = fakeDocuments();
  const clock = testClock(at('06:00:00'));
  const people = fakePersonRepository();
  for (const person of [ALICE, BOB, MAINTAINER]) await people.seen(person, clock.now());
  const audit = fakeAuditTrail();
  const change = changeDocument({ documents, audit, clock });
  const quotaRules = readQuotaRules(documents);
  const put = putQuotas({ people, resolve: resolvePerson({ people }), changeDocument: change });
  return {
    documents,
    people,
    audit,
    quotaRules,
    get: getQuotas({ documents, people }),
    put: async (body: object) => put(validated(quotasBody, body, 'body'), ADMIN),
    quotas: quotaReservations({ reservations: fakeReservationRepository(), quotaRules, clock }),
  };
};

describe('the quotas', () => {
  it('are the portal’s own until an admin saves others, and an answer can be sent back as it is', async () => {
    const { get, put } = await world();
    const before = await get();
    expect(before).toEqual({ everyone: DEFAULT_QUOTAS, people: {}, version: 0, changedAt: null, changedBy: null });
    expect(quotasView.parse(before)).toEqual(before);
    expect(await put({ ...before, people: { bob: { clusters: 9 } } })).toMatchObject({
      people: { bob: { clusters: 9 } },
      version: 1,
      changedBy: 'admin',
    });
    expect(await put(await get())).toMatchObject({ people: { bob: { clusters: 9 } }, version: 2 });
  });

  it('are the default for everyone where they are left out', async () => {
    const { put } = await world();
    await put({ everyone: { ...DEFAULT_QUOTAS, sshKeys: 2 }, people: {} });
    const { everyone } = await put({ everyone: { clusters: 1 }, people: {} });
    expect(everyone).toEqual({ ...DEFAULT_QUOTAS, clusters: 1 });
  });

  it('are kept by the person’s id, whatever they are called later', async () => {
    const { get, put, people, documents, audit } = await world();
    await put({ everyone: DEFAULT_QUOTAS, people: { 'BOB@example.com': { sshKeys: 3 } } });
    expect((await documents.newest('quotas'))?.content.people).toEqual({ [BOB.id]: { sshKeys: 3 } });
    expect(audit.entries).toMatchObject([{ action: 'quotas.change', object: { kind: 'quotas' } }]);
    await people.seen({ ...BOB, username: 'robert', email: 'robert@example.com' }, at('07:00:00'));
    expect((await get()).people).toEqual({ robert: { sshKeys: 3 } });
    // A username that two people have is no name for one of them.
    await people.seen({ ...ALICE, username: 'robert' }, at('07:00:00'));
    expect((await get()).people).toEqual({ 'robert@example.com': { sshKeys: 3 } });
  });

  it('hold from the next request on, for everyone and for single people', async () => {
    const { put, quotas, quotaRules } = await world();
    const everyone = { ...DEFAULT_QUOTAS, clusters: 1, clusterHours: 48, occurrenceMinutes: 60 };
    await put({ everyone, people: { bob: { clusters: 2, clusterHours: 96 }, maintainer: { workers: 10 } } });
    const take = (person: typeof ALICE, id: string, workers = 1) =>
      quotas.reserve(person, { kind: 'cluster', id, workers });
    await take(ALICE, 'a1');
    await expect(take(ALICE, 'a2')).rejects.toMatchObject({ message: expect.stringMatching(/1 of the 1/) as string });
    await expect(quotas.require(ALICE, { kind: 'cluster', id: 'a2' })).rejects.toMatchObject({ name: 'QuotaExceeded' });
    await take(BOB, 'b1');
    await take(BOB, 'b2');
    await expect(take(BOB, 'b3')).rejects.toMatchObject({ name: 'QuotaExceeded' });
    // Who may launch any size has no limit on workers, unless they have one of their own.
    await expect(take(MAINTAINER, 'm1', 11)).rejects.toMatchObject({ name: 'QuotaExceeded' });
    const rules = await quotaRules();
    expect([ALICE.id, BOB.id, 'constructor'].map((id) => clusterHoursOf(id, rules))).toEqual([48, 96, 48]);
    expect([ALICE.id, BOB.id].map((id) => occurrenceMinutesOf(id, rules))).toEqual([60, 60]);
  });

  it.each<[string, object]>([
    ['everyone', { everyone: null }],
    ['everyone.clusters', { everyone: { ...DEFAULT_QUOTAS, clusters: -1 } }],
    ['everyone.clusters', { everyone: { ...DEFAULT_QUOTAS, clusters: 101 } }],
    ['everyone.workers', { everyone: { ...DEFAULT_QUOTAS, workers: 1e9 } }],
    ['everyone.sshKeys', { everyone: { ...DEFAULT_QUOTAS, sshKeys: 1.5 } }],
    ['everyone.clusterHours', { everyone: { ...DEFAULT_QUOTAS, clusterHours: 0 } }],
    ['everyone.occurrenceMinutes', { everyone: { ...DEFAULT_QUOTAS, occurrenceMinutes: 0 } }],
    ['everyone.colour', { everyone: { ...DEFAULT_QUOTAS, colour: 1 } }],
    ['people.bob.clusters', { people: { bob: { clusters: -1 } } }],
    ['people.bob.colour', { people: { bob: { colour: 1 } } }],
    ['people', { people: [] }],
    ['people.nobody', { people: { nobody: { clusters: 1 } } }],
    ['people.bob@example.com', { people: { bob: { clusters: 1 }, 'bob@example.com': { clusters: 2 } } }],
  ])('refuse %s in %j', async (field, changes) => {
    const { put, documents } = await world();
    const error = await put({ everyone: DEFAULT_QUOTAS, people: {}, ...changes }).catch((thrown: unknown) => thrown);
    expect((error as InvalidInput).errors.map((one) => one.field)).toEqual([field]);
    expect(await documents.newest('quotas')).toBeNull();
  });

  it('name every unknown person at once', async () => {
    const { put } = await world();
    const people = { nobody: {}, bob: {}, 'no.one': {} };
    await expect(put({ everyone: DEFAULT_QUOTAS, people })).rejects.toMatchObject({
      errors: [{ field: 'people.nobody' }, { field: 'people.no.one' }],
    });
  });
});
