import { describe, expect, it } from 'vitest';

import { documentHistory } from '../../../functions/admin/document-history.ts';
import { NO_BUDGETS } from '../../../shared/domain/budget.ts';
import type { DocumentName, DocumentVersion } from '../../../shared/domain/document.ts';
import { DEFAULT_QUOTAS } from '../../../shared/domain/quota.ts';
import { at } from '../../fakes/cluster.ts';
import { fakeDocuments } from '../../fakes/fake-documents.ts';
import { STAGE_SETTINGS } from '../../fakes/settings.ts';

const versionOf = <Name extends DocumentName>(
  name: Name,
  version: number,
  content: DocumentVersion<Name>['content'],
): DocumentVersion<Name> => ({
  name,
  version,
  content,
  changedAt: at('06:00:00'),
  changedBy: 'root',
  changedById: 'r',
});

const history = (...versions: DocumentVersion<DocumentName>[]) =>
  documentHistory({
    documents: fakeDocuments(...versions),
    ofStage: STAGE_SETTINGS,
    nameOf: async (id) => id.replace('sub-', ''),
  });

describe('the history of a document', () => {
  it('says of each version who made it and what it changed, across pages', async () => {
    const { spot } = STAGE_SETTINGS;
    const list = history(
      versionOf('settings', 1, { ...STAGE_SETTINGS, spot: { ...spot, isEnabled: true } }),
      versionOf('settings', 2, { ...STAGE_SETTINGS, spot: { isEnabled: true, maximumPricePercent: 60 } }),
    );
    const first = await list({ name: 'settings', limit: 1 });
    const change = { changedAt: at('06:00:00'), changedBy: 'root' };
    expect(first.items).toEqual([
      {
        ...change,
        version: 2,
        changes: [{ field: 'spot.maximumPricePercent', before: 100, after: 60 }],
        moreChanges: 0,
      },
    ]);
    const rest = await list({ name: 'settings', limit: 1, cursor: first.cursor ?? '' });
    expect(rest).toEqual({
      items: [
        { ...change, version: 1, changes: [{ field: 'spot.isEnabled', before: false, after: true }], moreChanges: 0 },
      ],
      cursor: null,
    });
  });

  it('shows people by name', async () => {
    const rules = { everyone: DEFAULT_QUOTAS, people: { 'sub-bob': { clusters: 9 } } };
    expect((await history(versionOf('quotas', 1, rules))({ name: 'quotas', limit: 5 })).items).toMatchObject([
      { changes: [{ field: 'people.bob', before: null, after: { clusters: 9 } }] },
    ]);
  });

  it('shows each limit of the first budgets, and who was given another, by name', async () => {
    const override = { month: '2026-11', limit: 50, reason: 'Backfill' };
    const budgets = { ...NO_BUDGETS, eachPerson: 20, people: { 'sub-bob': 5 }, overrides: { 'sub-alice': override } };
    expect((await history(versionOf('budgets', 1, budgets))({ name: 'budgets', limit: 5 })).items).toMatchObject([
      {
        changes: [
          { field: 'eachPerson', before: null, after: 20 },
          { field: 'people.bob', before: null, after: 5 },
          { field: 'overrides.alice', before: null },
        ],
      },
    ]);
  });

  it.each(['nothing', 'constructor', '__proto__'])('is of the documents that there are: not of %s', async (name) => {
    await expect(history()({ name, limit: 5 })).rejects.toMatchObject({ name: 'NotFound' });
    expect(await history()({ name: 'announcement', limit: 5 })).toEqual({ items: [], cursor: null });
  });
});
