import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { quotaReservations, type QuotaReservations } from '../../functions/access/quota-reservations.ts';
import { dynamoDbReservationRepository } from '../../functions/adapters/dynamodb-reservation-repository.ts';
import type { ReservationRepository } from '../../functions/ports/reservation-repository.ts';
import { settled } from '../../shared/domain/reservations.ts';
import { ALICE, at, BOB } from '../fakes/cluster.ts';
import { fakeReservationRepository } from '../fakes/fake-reservation-repository.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';
import { quotaRules } from '../fakes/settings.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const implementations: [string, () => Promise<ReservationRepository>][] = [
  ['the fake', async () => fakeReservationRepository()],
  ['DynamoDB', async () => dynamoDbReservationRepository(await dynamoDb.newTable())],
];

describe.each(implementations)('ReservationRepository as %s', (_name, create) => {
  let reservations: ReservationRepository;
  let quotas: QuotaReservations;
  beforeEach(async () => {
    reservations = await create();
    quotas = quotaReservations({ reservations, quotaRules, clock: { now: () => at('06:00:00') } });
  });
  const heldBy = async (ownerId: string) => (await reservations.change(ownerId, (same) => same)).held;

  it('lets five of ten clusters pass that are reserved at once', async () => {
    const ids = Array.from({ length: 10 }, (_, index) => `c${index}`);
    const answers = await Promise.allSettled(
      ids.map((id) => quotas.reserve(ALICE, { kind: 'cluster', id, workers: 1 })),
    );
    const refused = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason as Error] : []));
    expect(refused.map(({ name }) => name)).toEqual(Array(5).fill('QuotaExceeded'));
    const passed = ids.filter((_, index) => answers[index]?.status === 'fulfilled');
    expect((await heldBy(ALICE.id)).map(({ id }) => id).toSorted()).toEqual(passed);
    await quotas.reserve(BOB, { kind: 'cluster', id: 'b1', workers: 30 });
  });

  it('finds who has a reservation that is open, until it is settled', async () => {
    expect(await reservations.open()).toEqual([]);
    await quotas.reserve(ALICE, { kind: 'sshKey', id: 'k1' });
    const [open] = await reservations.open();
    expect(open).toMatchObject({ ownerId: ALICE.id, held: [{ kind: 'sshKey', id: 'k1', workers: 0 }] });
    const [seen] = open?.held ?? [];
    if (seen === undefined) throw new Error('Nothing is held');
    await reservations.change(ALICE.id, (held) => settled(held, seen, true));
    expect(await reservations.open()).toEqual([]);
    await quotas.open(ALICE.id, { kind: 'sshKey', id: 'k1' });
    expect(await reservations.open()).toHaveLength(1);
    await quotas.release(ALICE.id, { kind: 'sshKey', id: 'k1' });
    expect(await reservations.open()).toEqual([]);
    expect(await heldBy(ALICE.id)).toEqual([]);
  });
});
