import { describe, expect, it, vi } from 'vitest';

import { logger } from '../../../functions/runtime/logger.ts';
import { getHeartbeat } from '../../../functions/portal/get-heartbeat.ts';
import { getMe } from '../../../functions/portal/get-me.ts';
import { fakeDocuments } from '../../fakes/fake-documents.ts';
import { ALICE } from '../../fakes/cluster.ts';
import { readFake } from '../../fakes/settings.ts';
import { DEFAULT_LIMITS } from '../../../shared/domain/settings.ts';
import type { HealthCheck } from '../../../functions/ports/health-check.ts';

const table: HealthCheck = { name: 'table', check: async () => undefined };
const signIn: HealthCheck = { name: 'signIn', check: () => Promise.reject(new Error('secret host name')) };

const HELP_LINKS = [{ text: 'Tutorial', url: 'https://docs.example.com/' }];

describe('the heartbeat', () => {
  it('is 200 while every dependency answers', async () => {
    const { status, body } = await getHeartbeat({ checks: [table] })();
    expect(status).toBe(200);
    expect(JSON.parse(body ?? '')).toEqual({ status: 'ok', checks: { table: 'ok' } });
  });

  it('is 500 where one does not, names it and tells strangers no reason', async () => {
    const error = vi.spyOn(logger, 'error').mockReturnValue(undefined);
    const { status, body } = await getHeartbeat({ checks: [table, signIn] })();
    expect(status).toBe(500);
    expect(JSON.parse(body ?? '')).toEqual({ status: 'error', checks: { table: 'ok', signIn: 'error' } });
    expect(error).toHaveBeenCalledOnce();
    error.mockRestore();
  });
});

describe('who I am', () => {
  it.each([
    [[], []],
    [['cluster-maintainers'], ['launch-clusters-of-any-size']],
    [['job-maintainers'], ['see-every-spark-job']],
    [
      ['admins', 'other'],
      ['administer', 'see-every-cluster', 'launch-clusters-of-any-size', 'see-every-spark-job'],
    ],
  ])('with the groups %j gives the permissions %j', async (groups, permissions) => {
    const me = getMe({
      environment: 'staging',
      region: 'us-west-2',
      version: '2026.11.0',
      mailFrom: 'atmo@example.com',
      commit: '0123abcd',
      hasUnreadNews: async () => true,
      documents: fakeDocuments(),
      budgetOf: async () => null,
      settings: readFake({ helpLinks: HELP_LINKS }),
    });
    expect(await me({}, { id: 'sub-alice', username: 'alice', email: 'alice@example.com', groups })).toEqual({
      id: 'sub-alice',
      username: 'alice',
      email: 'alice@example.com',
      groups,
      permissions,
      environment: 'staging',
      version: '2026.11.0',
      announcement: null,
      region: 'us-west-2',
      sendsMails: true,
      commit: '0123abcd',
      newsUnread: true,
      launches: { isPaused: false, reason: null },
      limits: DEFAULT_LIMITS,
      helpLinks: HELP_LINKS,
      budget: null,
    });
  });

  it('includes that no mails are to be expected, where the deployment has no sender', async () => {
    const me = getMe({
      environment: 'staging',
      region: 'us-west-2',
      version: '2026.11.0',
      mailFrom: '',
      commit: '0123abcd',
      hasUnreadNews: async () => true,
      documents: fakeDocuments(),
      budgetOf: async () => null,
      settings: readFake({ helpLinks: HELP_LINKS }),
    });
    const { sendsMails } = await me({}, { id: 'sub-alice', username: 'alice', email: 'alice@example.com', groups: [] });
    expect(sendsMails).toBe(false);
  });

  it.each([true, false])('includes the announcement only while it is on: %j', async (isEnabled) => {
    const content = {
      isEnabled,
      style: 'warning',
      title: 'Maintenance',
      content: 'Sunday',
      isMarkdown: false,
    } as const;
    const saved = {
      name: 'announcement',
      version: 3,
      content,
      changedAt: '',
      changedBy: 'root',
      changedById: 'r',
    } as const;
    const me = getMe({
      environment: 'dev',
      region: '',
      version: '',
      mailFrom: '',
      commit: '',
      hasUnreadNews: async () => false,
      documents: fakeDocuments(saved),
      budgetOf: async () => null,
      settings: readFake(),
    });
    expect((await me({}, ALICE)).announcement).toEqual(isEnabled ? content : null);
  });
});
