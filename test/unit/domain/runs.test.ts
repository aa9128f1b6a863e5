import { describe, expect, it } from 'vitest';

import { withMailAbout, withTimeoutMail } from '../../../shared/domain/run-mails.ts';
import { MISSED_REASONS } from '../../../shared/domain/run-reasons.ts';
import {
  hasTimedOut,
  logsPrefix,
  parametersKey,
  reasonOf,
  resultsPrefix,
  runIdFor,
  type Run,
} from '../../../shared/domain/run.ts';
import { at } from '../../fakes/cluster.ts';
import { finishedJob, runningJob, runOf, sparkJob } from '../../fakes/spark-job.ts';
import type { Changes } from '../../fakes/workload.ts';

const NOW = at('06:40:00');

describe('a run', () => {
  const run = runOf(runningJob());

  it('has an id that sorts by time, and is safe in keys', () => {
    expect(runIdFor(at('06:00:00'), 'abc')).toBe('20261123T060000000Z-abc');
  });

  it('has folders and keys of its own', () => {
    expect(resultsPrefix(run)).toBe('daily-report/runs/20261123T060000000Z-0123456789/');
    expect(logsPrefix(run)).toBe('jobs/daily-report/20261123T060000000Z/');
    expect(parametersKey(run)).toBe('jobs/job-1/runs/20261123T060000000Z-0123456789/parameters.json');
  });

  it.each([
    [at('07:59:59'), null, false],
    [at('08:00:00'), null, true],
    [at('09:00:00'), 'succeeded', false],
  ] as const)(
    'has timed out from its timeout on, unless it is final: at %s with outcome %s',
    (now, outcome, expected) => {
      expect(hasTimedOut({ scheduledAt: at('06:00:00'), timeout: 2, outcome }, now)).toBe(expected);
    },
  );

  it('has a reason of ours before that of EMR', () => {
    const ours = { code: 'NOT_EXECUTED', message: 'ours' };
    const emr = { code: 'ALL_STEPS_COMPLETED', message: 'of EMR' };
    const workload = { ...run.workload, reason: emr };
    expect(reasonOf({ reason: ours, workload })).toBe(ours);
    expect(reasonOf({ reason: null, workload })).toBe(emr);
  });
});

describe('the mail about a run', () => {
  const mailsOf = (changes: Changes<Run>) => {
    const job = finishedJob({}, changes);
    return withMailAbout(job, runOf(job), NOW).outbox;
  };
  const failure = { cell: 3, source: '1/0', errorName: 'N'.repeat(301), errorValue: 'V'.repeat(301), traceback: 'T' };
  const id = '20261123T060000000Z-0123456789';
  const mail = { to: 'alice@example.com', since: NOW };

  it('tells of a failure with the reason and the gist of the failing cell', () => {
    const reason = { code: 'STEP_FAILURE', message: 'A cell of the notebook failed.' };
    expect(mailsOf({ outcome: 'failed', reason, failure })).toEqual([
      {
        ...mail,
        id: `run-failed-${id}`,
        kind: 'run-failed',
        values: {
          jobIdentifier: 'daily-report',
          description: 'Counts what happened yesterday',
          runId: id,
          scheduledAt: at('06:00:00'),
          reason: expect.objectContaining({ code: 'STEP_FAILURE' }),
          failure: { cell: 3, errorName: `${'N'.repeat(297)}…`, errorValue: `${'V'.repeat(297)}…` },
        },
      },
    ]);
  });

  const timedOut = {
    ...mail,
    id: `run-timed-out-${id}`,
    kind: 'run-timed-out',
    values: {
      jobIdentifier: 'daily-report',
      description: 'Counts what happened yesterday',
      runId: id,
      scheduledAt: at('06:00:00'),
      timeoutHours: 2,
    },
  };

  it('tells of a timeout, with the hours, also before the run has ended', () => {
    expect(mailsOf({ outcome: 'timedOut' })).toEqual([timedOut]);
    const job = runningJob();
    expect(withTimeoutMail(job, runOf(job), NOW).outbox).toEqual([timedOut]);
  });

  it('tells of a missed occurrence, unless the owner had disabled the job', () => {
    const missed = (why: keyof typeof MISSED_REASONS) =>
      withMailAbout(sparkJob(), { ...runOf(finishedJob()), outcome: 'missed', reason: MISSED_REASONS[why] }, NOW)
        .outbox;
    expect(missed('previousRun')).toEqual([
      {
        ...mail,
        id: `run-missed-${id}`,
        kind: 'run-missed',
        values: {
          jobIdentifier: 'daily-report',
          description: 'Counts what happened yesterday',
          occurrence: at('06:00:00'),
          reason: {
            code: 'PREVIOUS_RUN_STILL_GOING',
            message: 'The previous run did not finish in time.',
          },
        },
      },
    ]);
    expect(missed('disabled')).toEqual([]);
  });

  it.each([
    ['INTERNAL_ERROR', 1],
    ['VALIDATION_ERROR', 1],
    ['INSTANCE_FAILURE', 1],
    ['BOOTSTRAP_FAILURE', 1],
    ['STEP_FAILURE', 1],
    ['USER_REQUEST', 0],
    ['ALL_STEPS_COMPLETED', 0],
  ])('is sent for a failure with %s: %d', (code, count) => {
    expect(mailsOf({ outcome: 'failed', reason: { code, message: '' } })).toHaveLength(count);
  });

  it.each(['failed', 'missed'] as const)('is null for a run that has %s without a known reason', (outcome) => {
    expect(mailsOf({ outcome, reason: null })).toEqual([]);
  });

  it.each(['succeeded', 'cancelled'] as const)('is none where it has %s, whatever the reason', (outcome) => {
    const job = finishedJob({}, { outcome, reason: { code: 'STEP_FAILURE', message: '' } });
    expect(withMailAbout(job, runOf(job), NOW)).toBe(job);
  });
});
