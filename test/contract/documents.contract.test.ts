import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { dynamoDbDocuments } from '../../functions/adapters/dynamodb-documents.ts';
import type { Documents } from '../../functions/ports/documents.ts';
import { NO_ANNOUNCEMENT } from '../../shared/domain/announcement.ts';
import type { DocumentVersion } from '../../shared/domain/document.ts';
import { fakeDocuments } from '../fakes/fake-documents.ts';
import { startDynalite, type TestDynamoDb } from './dynalite.ts';

let dynamoDb: TestDynamoDb;
beforeAll(async () => {
  dynamoDb = await startDynalite();
});
afterAll(() => dynamoDb.stop());

const implementations: [string, () => Promise<Documents>][] = [
  ['the fake', async () => fakeDocuments()],
  ['DynamoDB', async () => dynamoDbDocuments(await dynamoDb.newTable())],
];

const versionOf = (version: number, title = `Title ${version}`): DocumentVersion<'announcement'> => ({
  name: 'announcement',
  version,
  content: { ...NO_ANNOUNCEMENT, title },
  changedAt: `2026-11-23T06:00:00.00${version % 10}Z`,
  changedBy: 'root',
  changedById: 'sub-root',
});

describe.each(implementations)('documents in %s', (_name, start) => {
  it('have no version until the first is added', async () => {
    const documents = await start();
    expect(await documents.newest('announcement')).toBeNull();
    expect(await documents.history('announcement', { limit: 5 })).toEqual({ items: [], cursor: null });
  });

  it('answer the newest, also beyond nine, and all of them newest first, by pages', async () => {
    const documents = await start();
    for (let version = 1; version <= 11; version += 1) expect(await documents.add(versionOf(version))).toBe(true);
    expect(await documents.newest('announcement')).toEqual(versionOf(11));
    const first = await documents.history('announcement', { limit: 8 });
    expect(first.items.map(({ version }) => version)).toEqual([11, 10, 9, 8, 7, 6, 5, 4]);
    const rest = await documents.history('announcement', { limit: 8, cursor: first.cursor ?? '' });
    expect(rest).toEqual({ items: [versionOf(3), versionOf(2), versionOf(1)], cursor: null });
  });

  it('add each version once, so that the second of two writers is told', async () => {
    const documents = await start();
    const added = await Promise.all([documents.add(versionOf(1, 'first')), documents.add(versionOf(1, 'second'))]);
    expect(added.toSorted()).toEqual([false, true]);
    const winner = added[0] ? 'first' : 'second';
    expect((await documents.newest('announcement'))?.content.title).toBe(winner);
    expect((await documents.history('announcement', { limit: 5 })).items).toHaveLength(1);
  });
});
