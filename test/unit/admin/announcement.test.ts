import { describe, expect, it } from 'vitest';

import { getAnnouncement, putAnnouncement } from '../../../functions/admin/announcement.ts';
import { changeDocument } from '../../../functions/admin/change-document.ts';
import type { Documents } from '../../../functions/ports/documents.ts';
import { AwsFailed } from '../../../shared/domain/errors.ts';
import { announcementBody } from '../../../shared/contract/announcement.ts';
import { ALICE } from '../../fakes/cluster.ts';
import { fakeAuditTrail } from '../../fakes/fake-audit-trail.ts';
import { fakeDocuments } from '../../fakes/fake-documents.ts';
import { testClock } from '../../fakes/test-clock.ts';

const NOW = '2026-11-23T06:00:00.000Z';
const maintenance = {
  isEnabled: true,
  style: 'warning',
  title: 'Maintenance',
  content: 'On **Sunday**.',
  isMarkdown: true,
} as const;

const world = (documents: Documents = fakeDocuments(), audit = fakeAuditTrail()) => ({
  documents,
  audit,
  get: getAnnouncement({ documents }),
  put: putAnnouncement({ changeDocument: changeDocument({ documents, audit, clock: testClock(NOW) }) }),
});

describe('the announcement', () => {
  it('is empty and off until somebody writes one', async () => {
    const { get } = world();
    const answer = { isEnabled: false, style: 'info', title: '', content: '', isMarkdown: false };
    expect(await get()).toEqual({ ...answer, version: 0, changedAt: null, changedBy: null });
    // A change takes what the answer had.
    expect(announcementBody.parse(await get())).toMatchObject(answer);
  });

  it('is in the audit trail with what changes, and not where it is refused', async () => {
    const { put, audit } = world();
    await put({ ...maintenance, version: 0 }, ALICE);
    await put({ ...maintenance, title: 'Over', isEnabled: false, version: 1 }, ALICE);
    await expect(put({ ...maintenance, version: 1 }, ALICE)).rejects.toMatchObject({ name: 'StaleWrite' });
    expect(audit.entries.map(({ action, object, detail }) => [action, object.kind, detail])).toEqual([
      [
        'announcement.change',
        'announcement',
        { version: 1, changed: ['isEnabled', 'style', 'title', 'content', 'isMarkdown'], ...maintenance },
      ],
      [
        'announcement.change',
        'announcement',
        { version: 2, changed: ['isEnabled', 'title'], isEnabled: false, title: 'Over' },
      ],
    ]);
  });

  it('is not changed where the entry cannot be written', async () => {
    const { put, audit, documents } = world();
    audit.failure = new AwsFailed('DynamoDB failed.');
    await expect(put({ ...maintenance, version: 0 }, ALICE)).rejects.toThrow(audit.failure);
    expect(await documents.newest('announcement')).toBeNull();
  });

  it('is saved with who and when, and the version before stays', async () => {
    const { get, put, documents } = world();
    const first = await put({ ...maintenance, version: 0 }, ALICE);
    expect(first).toEqual({ ...maintenance, version: 1, changedAt: NOW, changedBy: ALICE.username });
    await put({ ...maintenance, isEnabled: false }, ALICE);
    expect(await get()).toMatchObject({ version: 2, isEnabled: false });
    const { items } = await documents.history('announcement', { limit: 5 });
    expect(items.map(({ version, content }) => [version, content.isEnabled])).toEqual([
      [2, false],
      [1, true],
    ]);
  });

  it('refuses a change to another version than the newest, and names who was faster', async () => {
    const { put, get } = world();
    await put({ ...maintenance, version: 0 }, ALICE);
    const late = put({ ...maintenance, title: 'Late', version: 0 }, { ...ALICE, username: 'root' });
    await expect(late).rejects.toMatchObject({ name: 'StaleWrite', message: /alice saved version 1/ });
    expect((await get()).title).toBe('Maintenance');
  });

  it('refuses the second of two changes that read the same version', async () => {
    const documents = fakeDocuments();
    const stale = await documents.newest('announcement');
    const { put } = world({ ...documents, newest: async () => stale as never });
    await put(maintenance, ALICE);
    await expect(put({ ...maintenance, title: 'Late' }, ALICE)).rejects.toMatchObject({ name: 'StaleWrite' });
    expect((await documents.newest('announcement'))?.content.title).toBe('Maintenance');
  });

  it('takes script and links as text, which the pages show and never run', () => {
    const content = '<script>alert(1)</script> [x](javascript:alert(1))';
    expect(announcementBody.parse({ ...maintenance, content }).content).toBe(content);
  });

  it.each([
    ['content', 'x'.repeat(5001), /at most 5000/],
    ['title', 'x'.repeat(201), /at most 200/],
    ['content', 'bell\u0007', /control characters/],
    ['style', 'loud', /success, info, warning, danger/],
    ['isEnabled', 'yes', /true or false/],
    ['isMarkdown', 1, /true or false/],
    ['title', '', /Give a title/],
    ['content', '  ', /Give a content/],
    ['version', '1', /as the answer had it/],
    ['colour', 'red', /unrecognized/i],
  ])('refuses %s = %j', (field, value, message) => {
    const issue = announcementBody.safeParse({ ...maintenance, [field]: value }).error?.issues[0];
    expect(issue?.message).toMatch(message);
    expect(issue?.code === 'unrecognized_keys' ? issue.keys : issue?.path).toEqual([field]);
  });
});
