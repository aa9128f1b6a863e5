import { describe, expect, it } from 'vitest';

import { changeDocument } from '../../../functions/admin/change-document.ts';
import { getLaunches, setLaunches } from '../../../functions/admin/launches.ts';
import { problemFor } from '../../../functions/runtime/problem.ts';
import { launchPause } from '../../../functions/settings/launch-pause.ts';
import { launchesBody } from '../../../shared/contract/launches.ts';
import { ADMIN } from '../../fakes/cluster.ts';
import { fakeAuditTrail } from '../../fakes/fake-audit-trail.ts';
import { fakeDocuments } from '../../fakes/fake-documents.ts';
import { testClock } from '../../fakes/test-clock.ts';

const world = () => {
  const documents = fakeDocuments();
  const audit = fakeAuditTrail();
  const change = changeDocument({ documents, audit, clock: testClock('2026-11-23T06:00:00.000Z') });
  return {
    audit,
    get: getLaunches({ documents }),
    set: setLaunches({ changeDocument: change }),
    pause: launchPause({ documents }),
  };
};

describe('the kill switch', () => {
  it('is off, pauses launches with a reason at once, and lets them go on', async () => {
    const { get, set, pause, audit } = world();
    expect(await get()).toMatchObject({ isPaused: false, reason: null, version: 0 });
    await pause.requireAllowed();
    await set(launchesBody.parse({ isPaused: true, reason: 'Over the limit!' }), ADMIN);
    expect(await get()).toMatchObject({ isPaused: true, reason: 'Over the limit!', version: 1, changedBy: 'admin' });
    await expect(pause.requireAllowed()).rejects.toMatchObject({
      name: 'LaunchesPaused',
      message: 'Launches are paused: Over the limit! Ask an administrator of the portal when they go on.',
    });
    await set(launchesBody.parse({ ...(await get()), isPaused: false }), ADMIN);
    expect(await get()).toMatchObject({ isPaused: false, reason: null, version: 2 });
    await pause.requireAllowed();
    expect(audit.entries.map(({ action }) => action)).toEqual(['launches.pause', 'launches.resume']);
  });

  it('answers refused launches as a conflict of its own type', async () => {
    const { set, pause } = world();
    await set({ isPaused: true, reason: 'Maintenance' }, ADMIN);
    const error: unknown = await pause.requireAllowed().catch((thrown: unknown) => thrown);
    const { statusCode, body } = problemFor(error, 'r1');
    expect(statusCode).toBe(409);
    expect(JSON.parse(body ?? '')).toMatchObject({
      type: '/problems/launches-paused',
      detail: expect.stringContaining('Maintenance') as string,
    });
  });

  it.each([
    [{ isPaused: true }, 'reason'],
    [{ isPaused: true, reason: null }, 'reason'],
    [{ isPaused: true, reason: '  ' }, 'reason'],
    [{ isPaused: true, reason: 'x'.repeat(501) }, 'reason'],
    [{ isPaused: 'yes', reason: 'x' }, 'isPaused'],
  ])('refuses %j', (body, field) => {
    expect(launchesBody.safeParse(body).error?.issues[0]?.path).toEqual([field]);
  });
});
