import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { clusterToView } from '../../../functions/clusters/cluster-view.ts';
import { getCluster } from '../../../functions/clusters/get-cluster.ts';
import { listAlerts } from '../../../functions/admin/alerts.ts';
import { listClusters } from '../../../functions/clusters/list-clusters.ts';
import { getSparkJob } from '../../../functions/jobs/get-spark-job.ts';
import { listedSparkJobView } from '../../../functions/jobs/spark-job-view.ts';
import { listSparkJobs } from '../../../functions/jobs/list-spark-jobs.ts';
import { getRun } from '../../../functions/runs/get-run.ts';
import { listOccurrences } from '../../../functions/runs/list-occurrences.ts';
import { listRuns } from '../../../functions/runs/list-runs.ts';
import { documentHistory } from '../../../functions/admin/document-history.ts';
import { summedUsage } from '../../../functions/access/summed-usage.ts';
import { listPeople } from '../../../functions/people/list-people.ts';
import { sessionToView } from '../../../functions/sessions/session-view.ts';
import { sshKeyToView } from '../../../functions/ssh-keys/ssh-key-view.ts';
import { routes, type RouteName } from '../../../shared/contract/api.ts';
import { createSparkJobBody } from '../../../shared/contract/spark-job.ts';
import { actOf, auditedRun } from '../../../shared/domain/audit.ts';
import { auditedEdit } from '../../../shared/domain/audited-job.ts';
import { NO_BUDGETS } from '../../../shared/domain/budget.ts';
import type { Cluster } from '../../../shared/domain/cluster.ts';
import { statusReason } from '../../../shared/domain/engine.ts';
import { missedRunId } from '../../../shared/domain/occurrences.ts';
import { withEndedRun } from '../../../shared/domain/recent-runs.ts';
import { NOT_EXECUTED } from '../../../shared/domain/run-reasons.ts';
import { plannedJob } from '../../../shared/domain/spark-job-plan.ts';
import type { SparkJob } from '../../../shared/domain/spark-job.ts';
import { reconciled } from '../../../shared/domain/observed-workload.ts';
import { ADMIN, ALICE, at, claimedCluster, readyCluster, terminating } from '../../fakes/cluster.ts';
import { readySession } from '../../fakes/session.ts';
import { SSH_KEY } from '../../fakes/emr-launch.ts';
import { fakeBudgetAccounts } from '../../fakes/fake-budget-accounts.ts';
import { fakeClusterRepository } from '../../fakes/fake-cluster-repository.ts';
import { fakeGrantRepository } from '../../fakes/fake-grant-repository.ts';
import { failed, newMailRecord } from '../../../shared/domain/mail-record.ts';
import { fakeMailRecords } from '../../fakes/fake-mail-records.ts';
import { expiredMail } from '../../fakes/mail.ts';
import { fakePersonRepository } from '../../fakes/fake-person-repository.ts';
import { fakeDocuments } from '../../fakes/fake-documents.ts';
import { quotaRules, STAGE_SETTINGS } from '../../fakes/settings.ts';
import { fakeReservationRepository } from '../../fakes/fake-reservation-repository.ts';
import { fakeUsageRepository } from '../../fakes/fake-usage-repository.ts';
import { fakeUsageSums } from '../../fakes/fake-usage-sums.ts';
import { jobWorld } from '../../fakes/job-world.ts';
import { testClock } from '../../fakes/test-clock.ts';
import { claimedJob, finishedJob, NOTEBOOK, RATE, runningJob, runOf, seen, sparkJob } from '../../fakes/spark-job.ts';

const HOUR_MS = 3_600_000;
/** Bytes, as DynamoDB counts. */
const MB = 2 ** 20;
const page = { limit: 100 };
const toView = clusterToView({ allowsSsh: true, jupyterUrl: 'http://localhost:8888' });
const REQUEST = { by: 'alice', reason: 'requested', at: at('06:30:00') } as const;

/** Every answer about clusters, as JSON. */
const aboutCluster = async (cluster: Cluster): Promise<string> => {
  const deps = { clusters: fakeClusterRepository(cluster), grants: fakeGrantRepository(), toView };
  const list = { status: 'all', owner: 'all', ...page } as const;
  return JSON.stringify([await getCluster(deps)({ id: cluster.id }, ALICE), await listClusters(deps)(list, ADMIN)]);
};

/** Every answer about a job and its runs, as JSON. */
const aboutJob = async (job: SparkJob): Promise<string> => {
  const world = jobWorld(job);
  const { identifier, latestRun } = job;
  return JSON.stringify([
    await getSparkJob(world)({ identifier }, ALICE),
    await listSparkJobs(world)({ status: 'all', owner: 'mine', ...page }, ALICE),
    await listRuns(world)({ identifier, ...page }, ALICE),
    await listOccurrences(world)({ identifier, ...page }, ALICE),
    latestRun === null ? null : await getRun(world)({ identifier, runId: latestRun.id }, ALICE),
  ]);
};

describe('an answer', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.parse(at('06:40:00')) });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** From a minute to beyond every expiry, end and occurrence. */
  const whileTimePasses = async (answer: () => Promise<string>): Promise<void> => {
    const before = await answer();
    for (const hours of [1 / 60, 1, 7, 24, 24 * 400]) {
      vi.setSystemTime(Date.parse(at('06:40:00')) + hours * HOUR_MS);
      expect(await answer()).toBe(before);
    }
  };

  it.each([
    ['claimed', claimedCluster()],
    ['starting', readyCluster({ status: 'STARTING', readyAt: null })],
    ['ready', readyCluster()],
    ['ending', terminating(readyCluster({ status: 'TERMINATING' }), REQUEST)],
    ['over', readyCluster({ status: 'TERMINATED', finishedAt: at('06:35:00') })],
  ])('about a cluster that is %s does not change by the clock alone', async (_state, cluster) => {
    await whileTimePasses(() => aboutCluster(cluster));
  });

  it.each([
    ['has never run', sparkJob()],
    ['has an end', sparkJob({ endDate: at('12:00:00') })],
    ['is disabled', sparkJob({ isEnabled: false })],
    ['is not due yet', sparkJob({ startDate: at('09:00:00'), scheduleAnchor: at('09:00:00') })],
    ['is being launched', claimedJob()],
    ['is running', runningJob()],
    ['has run', finishedJob()],
  ])('about a job that %s does not change by the clock alone', async (_state, job) => {
    await whileTimePasses(() => aboutJob(job));
  });
});

/** As long as a text may be, in characters that take three bytes each. */
const long = (characters: number): string => '漢'.repeat(characters);
const IDENTIFIER = 'x'.repeat(100);
const RELEASE = '7.13.0';
const CRON = `0 6 1 1 ? ${Array.from({ length: 38 }, (_, year) => 2027 + year).join(',')}`;
const ADDRESS = `${long(242)}@example.com`;
const PERSON = { ...ALICE, id: 'i'.repeat(128), username: ADDRESS, email: ADDRESS };
const MOST_TEXT = long(100_000);

const largestJob = (): SparkJob => {
  const {
    identifier,
    notebookUploadId: _,
    ...settings
  } = createSparkJobBody.parse({
    identifier: IDENTIFIER,
    notebookUploadId: 'u',
    description: long(2000),
    parameters: { text: 'x'.repeat(31_900) },
    resultVisibility: 'private',
    size: 30,
    schedule: { type: 'cron', expression: CRON, timeZone: 'America/Argentina/ComodRivadavia' },
    timeout: 24,
    endDate: '2099-11-23T06:00:00.000Z',
    emrRelease: RELEASE,
    engine: 'serverless',
  });
  const notebook = { ...NOTEBOOK, name: `${long(194)}.ipynb` };
  const job = plannedJob(
    { ...settings, timeout: 24, emrRelease: RELEASE, engine: 'serverless' },
    { id: IDENTIFIER, identifier, person: PERSON, notebook, now: at('06:00:00') },
  );
  const { latestRun } = finishedJob();
  const ended = { ...runOf(finishedJob()), outcome: 'succeeded', reason: statusReason(NOT_EXECUTED, '') } as const;
  return Array.from({ length: 20 }, (_, n) => ({ ...ended, number: 1_000_000 + n })).reduce<SparkJob>(withEndedRun, {
    ...job,
    latestRun,
    latestMissed: { id: missedRunId(at('06:00:00')), number: 1_000_020, occurrence: at('06:00:00') },
  });
};

const largestRun = () => {
  const run = runOf(finishedJob());
  const { parameters } = largestJob();
  return { ...run, jobIdentifier: IDENTIFIER, parameters, reason: statusReason('STEP_FAILURE', MOST_TEXT) };
};

const largestCluster = (): Cluster => {
  const cluster = terminating(
    readyCluster({ identifier: IDENTIFIER, ownerId: PERSON.id, owner: ADDRESS, rate: RATE }),
    {
      ...REQUEST,
      by: ADDRESS,
    },
  );
  const reason = statusReason('INSTANCE_FLEET_TIMEOUT', MOST_TEXT);
  const workload = reconciled(cluster.workload, seen('TERMINATING', { reason }));
  expect(workload.reason?.code).toBe(reason.code);
  return { ...cluster, workload };
};

const access = toView(readyCluster({ identifier: IDENTIFIER }), ALICE, []);

/** Every setting of a job is another one, and there are more names of parameters than are kept. */
const largestEdit = () => {
  const listed = Array.from({ length: 500 }, (_, number) => long(200) + String(number));
  const parameters = Object.fromEntries(listed.map((name) => [name, 1]));
  return { listed, edited: { ...largestJob(), parameters, isEnabled: false } };
};

/** Of each list the largest item that it may hold, as it is sent. */
const largestSession = () =>
  readySession({
    name: long(100),
    owner: ADDRESS,
    ownerEmail: ADDRESS,
    reason: statusReason('X'.repeat(40), long(5000)),
  });

const LARGEST: Partial<Record<RouteName, () => Promise<unknown>>> = {
  listSparkJobs: async () => {
    const job = largestJob();
    return (await listSparkJobs(jobWorld(job))({ status: 'all', owner: 'all', ...page }, ADMIN)).items[0];
  },
  listRuns: async () => {
    const world = jobWorld(finishedJob({ latestRun: largestRun() }));
    return (await listRuns(world)({ identifier: 'daily-report', ...page }, ALICE)).items[0];
  },
  listClusters: async () => ({ ...toView(largestCluster(), PERSON, []), access: access.access }),
  listSessions: async () => sessionToView(largestSession(), PERSON, []),
  listAllSessions: async () => sessionToView(largestSession(), PERSON, []),
  listSshKeys: async () => sshKeyToView({ ...SSH_KEY, owner: ADDRESS, title: long(100), bits: 16_384 }),
  listPeople: async () => {
    // As many groups as fit into the cookie of a session.
    const groups = Array.from({ length: 5 }, (_, number) => long(126) + String(number).padStart(2, '0'));
    const people = fakePersonRepository();
    await people.seen({ ...PERSON, groups }, at('06:00:00'));
    const departure = { reason: 'inactive', at: at('06:00:00'), clusters: [], jobs: [], settledAt: null } as const;
    await people.change(PERSON.id, (person) => ({ ...person, departure }));
    const clock = testClock(at('07:00:00'));
    const deps = {
      people,
      reservations: fakeReservationRepository(),
      quotaRules,
      usage: summedUsage({ usage: fakeUsageRepository(), sums: fakeUsageSums(), clock }),
      accounts: fakeBudgetAccounts(),
      budgets: async () => ({ ...NO_BUDGETS, eachPerson: 1000.01 }),
      clock,
    };
    return (await listPeople(deps)({ status: 'all', ...page })).items[0];
  },
  listAlerts: async () => {
    const mail = { ...expiredMail(IDENTIFIER, at('06:00:00')), to: ADDRESS };
    const records = fakeMailRecords(failed(newMailRecord('record-1', mail), long(1000), at('06:00:00')));
    return (await listAlerts({ records })(page)).items[0];
  },
  listAudit: async () => {
    const { listed: names, edited } = largestEdit();
    const { action, detail } = auditedEdit(sparkJob(), edited, true);
    const object = auditedRun(IDENTIFIER, IDENTIFIER);
    return actOf(
      { ...ALICE, username: ADDRESS, email: ADDRESS },
      { action, object, detail: { ...detail, names } },
      at('06:00:00'),
    );
  },
  listDocumentVersions: async () => {
    const tags = (value: string) =>
      Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`${n}${'😀'.repeat(60)}`, value.repeat(120)]));
    const content = { ...STAGE_SETTINGS, accountingTags: tags('😀') };
    const changedBy = long(320);
    const versions = [1, 2].map((version) => ({
      name: 'settings' as const,
      version,
      content: version === 1 ? content : { ...content, accountingTags: tags('😃') },
      changedAt: at('06:00:00'),
      changedBy,
      changedById: 'root',
    }));
    const list = documentHistory({
      documents: fakeDocuments(...versions),
      ofStage: STAGE_SETTINGS,
      nameOf: async (id) => id,
    });
    return (await list({ name: 'settings', ...page })).items[0];
  },
  listAllClusters: async () => toView(largestCluster(), ADMIN, []),
  listAllSparkJobs: async () => listedSparkJobView(largestJob(), ADMIN, []),
  listAllSshKeys: async () => ({
    ...sshKeyToView({ ...SSH_KEY, title: long(100), bits: 16_384 }),
    ownerId: PERSON.id,
    owner: ADDRESS,
  }),
  listDeletedSparkJobs: async () => ({
    identifier: IDENTIFIER,
    description: long(2000),
    runCount: 1_000_000,
    deletedAt: at('06:00:00'),
  }),
};

/** Lists that nobody fills: releases are kept by admins, and of files S3 names no more than 1,024 bytes. */
const SMALL: ReadonlySet<RouteName> = new Set(['listEmrReleases', 'listResults', 'listLogs']);

describe('a list', () => {
  const isList = (name: RouteName): boolean => {
    const route = routes[name];
    return 'response' in route && 'shape' in route.response && 'cursor' in route.response.shape;
  };
  const lists = (Object.keys(routes) as RouteName[]).filter(isList);

  it('has its largest item here', () => {
    expect(lists.filter((name) => !SMALL.has(name)).toSorted()).toEqual(Object.keys(LARGEST).toSorted());
  });

  it.each(Object.entries(LARGEST))('%s never exceeds 1 MB', async (_name, item) => {
    const bytes = Buffer.byteLength(JSON.stringify(await item()));
    expect(bytes).toBeGreaterThan(100);
    expect(bytes * page.limit).toBeLessThan(MB);
  });

  it('takes no characters that JSON writes six times as long', () => {
    const description = createSparkJobBody.shape.description;
    for (const hostile of ['\u0001', '\ud800', '\u001b[31m'])
      expect(description.safeParse(`a${hostile}b`).error?.issues[0]?.message).toMatch(/control characters/);
    expect(description.parse('two\nlines,\ta tab and 😀')).toBe('two\nlines,\ta tab and 😀');
  });
});
