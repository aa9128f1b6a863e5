import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { dynamoDbSessionRepository } from '../../functions/adapters/dynamodb-session-repository.ts';
import type { SessionRepository } from '../../functions/ports/session-repository.ts';
import { withSessionExpiryMail } from '../../shared/domain/session.ts';
import { at } from '../fakes/cluster.ts';
import { fakeSessionRepository } from '../fakes/fake-session-repository.ts';
import { claimedSession, readySession } from '../fakes/session.ts';
import { withChanges } from '../fakes/workload.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const implementations: [string, () => Promise<SessionRepository>][] = [
  ['the fake', async () => fakeSessionRepository()],
  ['DynamoDB', async () => dynamoDbSessionRepository(await dynamoDb.newTable())],
];

const ids = (found: readonly { id: string }[]): string[] => found.map(({ id }) => id).toSorted();

describe.each(implementations)('SessionRepository as %s', (_name, create) => {
  let sessions: SessionRepository;
  beforeEach(async () => {
    sessions = await create();
  });

  it('gives back what was claimed, and what it has become', async () => {
    const claimed = claimedSession();
    await sessions.claimLaunch(claimed);
    expect(await sessions.get('s1')).toEqual(claimed);
    const rich = withSessionExpiryMail(readySession({ billed: 1.25, expiresAt: at('07:00:00') }), at('06:40:00'));
    expect(await sessions.change('s1', () => rich)).toEqual({ ...rich, version: 2 });
    expect(await sessions.get('s1')).toEqual({ ...rich, version: 2 });
    expect(ids(await sessions.withUnsentMail())).toEqual(['s1']);
  });

  it('claims an id once, and takes back only a claim that EMR was not asked for', async () => {
    const attempted = claimedSession();
    await sessions.claimLaunch(attempted);
    await expect(sessions.claimLaunch(claimedSession())).rejects.toMatchObject({
      name: 'Conflict',
      message: 'This session was launched already.',
    });
    expect(await sessions.abandonLaunch(attempted)).toBe(false);
    const withdrawn = await sessions.change('s1', (session) => withChanges(session, { launchAttemptedAt: null }));
    expect(await sessions.abandonLaunch(withdrawn)).toBe(true);
    await expect(sessions.get('s1')).rejects.toMatchObject({ name: 'NotFound' });
  });

  it('lists what is active, what has ended and all, of one person and of everybody', async () => {
    await sessions.claimLaunch(readySession());
    await sessions.claimLaunch(readySession({ id: 's2', createdAt: at('07:00:00'), ownerId: 'sub-bob' }));
    await sessions.claimLaunch(
      readySession({ id: 's3', createdAt: at('08:00:00'), status: 'FAILED', finishedAt: at('09:00:00') }),
    );
    await sessions.claimLaunch(
      readySession({ id: 's4', createdAt: at('09:00:00'), status: 'TERMINATED', finishedAt: at('09:30:00') }),
    );
    const listed = async (
      ...[filter, owner]: Parameters<typeof sessions.list> extends [infer F, infer O, unknown] ? [F, O] : never
    ) => (await sessions.list(filter, owner, { limit: 10 })).items.map(({ id }) => id);
    expect(await listed('active', null)).toEqual(['s2', 's1']);
    expect(await listed('active', 'sub-alice')).toEqual(['s1']);
    expect(await listed('ended', 'sub-alice')).toEqual(['s4', 's3']);
    expect(await listed('all', null)).toEqual(['s4', 's3', 's2', 's1']);
    expect(ids(await sessions.listAfter('all', 'sub-alice', { id: 's3', createdAt: at('08:00:00') }, 10))).toEqual([
      's1',
    ]);
    expect(await sessions.findIn('ended', 's1')).toBeNull();
    expect((await sessions.findIn('ended', 's3'))?.id).toBe('s3');
    expect(ids(await sessions.active())).toEqual(['s1', 's2']);
    expect(ids(await sessions.activeExpiringBefore(at('14:00:01')))).toEqual(['s1', 's2']);
    expect(ids(await sessions.activeExpiringBefore(at('13:00:00')))).toEqual([]);
    expect(ids(await sessions.withOpenUsage())).toEqual(['s1', 's2', 's3', 's4']);
    expect(ids(await sessions.createdBetween(at('07:00:00'), at('08:00:00')))).toEqual(['s2', 's3']);
    expect((await sessions.findByEmrId('00app/00session'))?.id).toBeDefined();
    expect(await sessions.findByEmrId('00app/00other')).toBeNull();
  });
});
