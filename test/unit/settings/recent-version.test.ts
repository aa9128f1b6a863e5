import { expect, it } from 'vitest';

import { recentVersion } from '../../../functions/settings/recent-version.ts';
import { NO_ANNOUNCEMENT } from '../../../shared/domain/announcement.ts';
import { fakeDocuments } from '../../fakes/fake-documents.ts';
import { testClock } from '../../fakes/test-clock.ts';

it('reads the newest version again once some seconds have passed', async () => {
  const clock = testClock('2026-11-23T06:00:00.000Z');
  const documents = fakeDocuments();
  const recent = recentVersion('announcement', { documents, clock });
  expect(await recent()).toBeNull();
  const saved = {
    name: 'announcement',
    version: 1,
    content: NO_ANNOUNCEMENT,
    changedAt: clock.now(),
    changedBy: 'root',
    changedById: 'sub-root',
  } as const;
  await documents.add(saved);
  clock.set('2026-11-23T06:00:02.999Z');
  expect(await recent()).toBeNull();
  clock.set('2026-11-23T06:00:03.000Z');
  expect(await recent()).toEqual(saved);
});
