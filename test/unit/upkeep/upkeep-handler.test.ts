import { describe, expect, it, vi } from 'vitest';

import type { Outboxes } from '../../../functions/ports/outboxes.ts';
import type { EmrEvent } from '../../../functions/upkeep/emr-event.ts';
import { logger } from '../../../functions/runtime/logger.ts';
import { catchUpDueJobs } from '../../../functions/upkeep/catch-up-due-jobs.ts';
import { sendOutboxes } from '../../../functions/upkeep/send-outboxes.ts';
import { inTurn, sweep, type Task } from '../../../functions/runtime/sweep.ts';
import { upkeepHandler } from '../../../functions/upkeep/upkeep-handler.ts';
import { FINISHED_TASK, PERIODIC_TASKS, type PeriodicTask } from '../../../shared/contract/upkeep.ts';
import { NotFound } from '../../../shared/domain/errors.ts';
import { newMailRecord } from '../../../shared/domain/mail-record.ts';
import { withMailAttempt, type OutboxMail } from '../../../shared/domain/mail.ts';
import { firstSeen } from '../../../shared/domain/person.ts';
import { ALICE, at, readyCluster } from '../../fakes/cluster.ts';
import { fakeClusterRepository } from '../../fakes/fake-cluster-repository.ts';
import { fakeMailRecords } from '../../fakes/fake-mail-records.ts';
import { fakeOutboxes } from '../../fakes/fake-outboxes.ts';
import { fakePersonRepository } from '../../fakes/fake-person-repository.ts';
import { fakeSessionRepository } from '../../fakes/fake-session-repository.ts';
import { fakeSparkJobRepository } from '../../fakes/fake-spark-job-repository.ts';
import { sparkJob } from '../../fakes/spark-job.ts';
import { fakeBudgetNotices } from '../../fakes/fake-budget-notices.ts';
import { testClock } from '../../fakes/test-clock.ts';

describe('the upkeep function', () => {
  const done: string[] = [];
  const names = Object.keys(PERIODIC_TASKS) as PeriodicTask[];
  const tasks = Object.fromEntries(names.map((name) => [name, async () => done.push(name)])) as unknown as Record<
    PeriodicTask,
    Task
  >;
  const handler = upkeepHandler({
    tasks,
    recordExecutions: async (_name, task) => task(),
    recordBounce: async ({ recordId }) => void done.push(`bounce of ${recordId}`),
    rebuildUsage: async (month) => done.push(`rebuild ${month}`),
    reconcileEmrEvent: async ({ type, emrId, state }: EmrEvent) => void done.push(`${type} ${emrId} ${state}`),
  });
  const handle = (event: unknown): Promise<unknown> => handler(event, { awsRequestId: 'invocation-1' });

  it.each(names)('does the periodic task %s', async (task) => {
    done.length = 0;
    const logged = vi.spyOn(logger, 'info').mockImplementation(() => {});
    await handle({ task });
    expect(done).toEqual([task]);
    expect(logged.mock.calls).toEqual([[FINISHED_TASK, { task, handled: 1 }]]);
    logged.mockRestore();
  });

  it('reconciles EMR’s events', async () => {
    done.length = 0;
    const detail = { clusterId: 'j-1', name: 'x', state: 'WAITING', stateChangeReason: '{}' };
    await handle({ 'detail-type': 'EMR Cluster State Change', time: '2026-11-23T06:00:00Z', detail });
    await handle({ 'detail-type': 'EMR Step Status Change', time: '2026-11-23T06:00:00Z', detail });
    expect(done).toEqual(['EMR Cluster State Change j-1 WAITING', 'EMR Step Status Change j-1 WAITING']);
  });

  it('records a mail that bounced for good, by the tag of its record, and no other event of SES', async () => {
    const event = (bounce: object, mail: object = {}, type = 'Email Bounced') => ({
      'detail-type': type,
      time: '2026-11-23T06:00:09Z',
      detail: {
        bounce,
        reject: { reason: 'Bad content' },
        mail: { timestamp: '2026-11-23T06:00:00.123Z', tags: { 'atmo-mail': ['record-1'] }, ...mail },
      },
    });
    done.length = 0;
    await handle(event({ bounceType: 'Permanent', bounceSubType: 'OnAccountSuppressionList' }));
    await handle(event({}, {}, 'Email Rejected'));
    expect(done).toEqual(['bounce of record-1', 'bounce of record-1']);
    await handle(event({ bounceType: 'Transient', bounceSubType: 'MailboxFull' }));
    await handle(event({ bounceType: 'Permanent' }, { tags: {} }));
    await handle(event({ bounceType: 'Permanent' }, { timestamp: 'soon' }));
    expect(done).toHaveLength(2);
  });

  it('rebuilds the usage of a month for an operator', async () => {
    done.length = 0;
    expect(await handle({ command: 'rebuildUsage', month: '2026-11' })).toEqual({ month: '2026-11', items: 1 });
    expect(done).toEqual(['rebuild 2026-11']);
  });

  it.each([
    [{ task: 'defragment' }],
    [{ command: 'rebuildUsage', month: '2026-13' }],
    [{ command: 'rebuildUsage', month: '2026-11-01' }],
    [{ command: 'rebuildUsage' }],
    [{ command: 'dropTable', month: '2026-11' }],
    [{ task: 'toString' }],
    [{ 'detail-type': 'EMR Auto Scaling Policy State Change', time: '2026-11-23T06:00:00Z', detail: {} }],
    [{ 'detail-type': 'EMR Cluster State Change', time: 'soon', detail: { clusterId: 'j-1', state: 'WAITING' } }],
    [{ 'detail-type': 'EMR Cluster State Change', time: '2026-11-23T06:00:00Z', detail: { state: 'WAITING' } }],
    [null],
    ['syncWithEmr'],
  ])('fails on what it does not know: %j', async (event) => {
    await expect(handle(event)).rejects.toMatchObject({ name: 'UnknownUpkeepEvent' });
  });
});

describe('a sweep', () => {
  const over = (act: (item: string) => Promise<unknown>) =>
    sweep({ what: 'try', items: ['a', 'b', 'c'], evidence: (item) => ({ item }), act });

  it('tries everything, and fails at the end where something failed', async () => {
    const tried: string[] = [];
    const attempt = over(async (item) => {
      tried.push(item);
      if (item !== 'c') throw new Error('no');
    });
    await expect(attempt).rejects.toMatchObject({ name: 'SweepFailed', message: expect.stringContaining('2 of 3') });
    expect(tried).toEqual(['a', 'b', 'c']);
  });

  it('minds nothing that is gone by now', async () => {
    await over(async (item) => {
      throw new NotFound('cluster', item);
    });
  });

  it('does every part of a task, whatever becomes of the others', async () => {
    const done: string[] = [];
    const parts = {
      first: async () => {
        throw new Error('no');
      },
      second: async () => done.push('second'),
    };
    await expect(inTurn(parts)()).rejects.toMatchObject({ name: 'SweepFailed' });
    expect(done).toEqual(['second']);
  });
});

describe('accounting for occurrences', () => {
  it('looks at every job that is due, and stops for none', async () => {
    const due = { accountedUntil: at('05:59:59') };
    const jobs = Array.from({ length: 103 }, (_, n) => sparkJob({ ...due, id: `job-${n}`, identifier: `job-${n}` }));
    const later = sparkJob({ accountedUntil: at('06:00:00'), id: 'later', identifier: 'later' });
    const seen = new Set<string>();
    const account = catchUpDueJobs({
      jobs: fakeSparkJobRepository(...jobs, later),
      clock: { now: () => at('06:30:00') },
      catchUpOccurrences: async ({ id }) => {
        seen.add(id);
        if (id === 'job-0') throw new Error('no');
      },
    });
    await expect(account()).rejects.toMatchObject({ name: 'SweepFailed' });
    expect(seen.size).toBe(103);
  });
});

describe('mails in outboxes', () => {
  const mail: OutboxMail = {
    id: 'm1',
    kind: 'cluster-expires-soon',
    to: 'alice@example.com',
    since: at('06:00:00'),
    values: { clusterId: 'c1', identifier: 'x', expiresAt: at('07:00:00') },
  };
  const sending = (
    deliver: (delivered: string[], id: string) => Promise<unknown>,
    now: string,
    outbox: readonly OutboxMail[] = [mail],
    outboxes?: Outboxes,
  ) => {
    const delivered: string[] = [];
    const clusters = fakeClusterRepository(readyCluster({ outbox }), readyCluster({ id: 'c2' }));
    const sessions = fakeSessionRepository();
    const jobs = fakeSparkJobRepository(sparkJob({ outbox }));
    const mails = fakeMailRecords({ ...newMailRecord('record-1', mail), outbox }, newMailRecord('record-2', mail));
    const people = fakePersonRepository({ ...firstSeen(ALICE, at('06:00:00')), outbox });
    const { notices } = fakeBudgetNotices();
    const send = sendOutboxes({
      outboxes: outboxes ?? fakeOutboxes(clusters, sessions, jobs, people, notices, mails),
      notices,
      sessions,
      clusters,
      jobs,
      people,
      mails,
      deliveries: {
        ofNotice: async () => {},
        ofSession: async ({ id }) => {
          await deliver(delivered, id);
        },
        ofCluster: async ({ id }) => {
          await deliver(delivered, id);
          await clusters.change(id, (cluster) => ({
            ...cluster,
            outbox: delivered.includes(id) ? [] : withMailAttempt(cluster.outbox, mail.id, 'refused', at(now)),
          }));
        },
        ofJob: async ({ identifier }) => {
          delivered.push(identifier);
          await jobs.change(identifier, (job) => ({ ...job, outbox: [] }));
        },
        ofPerson: async ({ id }) => {
          delivered.push(id);
          await people.change(id, (person) => ({ ...person, outbox: [] }));
        },
        ofRecord: async ({ id }) => {
          delivered.push(id);
          await mails.change(id, (record) => ({ ...record, outbox: [] }));
        },
      },
      clock: testClock(at(now)),
    });
    return { send, delivered };
  };

  it('are sent for clusters, jobs and people', async () => {
    const { send, delivered } = sending(async (sent, id) => sent.push(id), '07:00:00');
    await send();
    expect(delivered).toEqual(['c1', 'daily-report', 'sub-alice', 'record-1']);
  });

  it('are asked of each kind only where any is to be sent', async () => {
    const none: Outboxes = { areEmpty: async () => true };
    const { send, delivered } = sending(async (sent, id) => sent.push(id), '07:00:00', [mail], none);
    await expect(send()).resolves.toBe(0);
    expect(delivered).toEqual([]);
  });

  it('fail the sweep once they could not be sent for long', async () => {
    const failing = async () => undefined;
    await sending(failing, '06:10:00').send();
    const { send, delivered } = sending(failing, '06:10:01');
    await expect(send()).rejects.toMatchObject({ name: 'SweepFailed' });
    expect(delivered).toEqual(['daily-report', 'sub-alice', 'record-1']);
  });

  it('fail no sweep that did not try them, so that one mail does not hide other failures', async () => {
    const tried = withMailAttempt([mail], mail.id, 'refused', at('06:10:00'));
    await expect(sending(async () => undefined, '06:11:00', tried).send()).resolves.not.toThrow();
    await expect(sending(async () => undefined, '06:12:00', tried).send()).rejects.toMatchObject({
      name: 'SweepFailed',
    });
  });
});
