import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { dynamoDbClusterRepository } from '../../functions/adapters/dynamodb-cluster-repository.ts';
import { dynamoDbPersonRepository } from '../../functions/adapters/dynamodb-person-repository.ts';
import { dynamoDbRunRepository } from '../../functions/adapters/dynamodb-run-repository.ts';
import { dynamoDbSessionRepository } from '../../functions/adapters/dynamodb-session-repository.ts';
import { dynamoDbSparkJobRepository } from '../../functions/adapters/dynamodb-spark-job-repository.ts';
import { dynamoDbSshKeyRepository } from '../../functions/adapters/dynamodb-ssh-key-repository.ts';
import { dynamoDbUsageRepository } from '../../functions/adapters/dynamodb-usage-repository.ts';
import { dynamoDbUsageSums } from '../../functions/adapters/dynamodb-usage-sums.ts';
import type { DynamoDbTable } from '../../functions/adapters/dynamodb-table.ts';
import { systemClock } from '../../functions/runtime/clock.ts';
import { sumUpUsage } from '../../functions/upkeep/sum-up-usage.ts';
import { openClusterStore } from '../../local/emr/open-cluster-store.ts';
import { openStores } from '../../local/emr-serverless/records.ts';
import { subjectOf } from '../../local/identity/people.ts';
import { plusHours } from '../../shared/domain/instant.ts';
import type { Person } from '../../shared/domain/person.ts';
import { compactInstant, type Run } from '../../shared/domain/run.ts';
import {
  dayOf,
  meteredRun,
  usageKeyFor,
  usageKeyOf,
  withEntry,
  type Day,
  type Usage,
} from '../../shared/domain/usage.ts';
import { openDynaliteFiles } from './dynalite-files.ts';
import type { FirstOfEach } from '../../test/local/first-of-each.ts';

export interface Size {
  readonly people: number;
  readonly jobs: number;
  readonly clusters: number;
  readonly sessions: number;
  readonly runs: number;
}

/** Of each kind, the newest so many belong to the owner of the first of each: every tenth, at least a full page and at most a quota of jobs. */
const ownOf = (count: number): number => Math.min(Math.max(25, count / 10), 100);

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, n) => n + 1);

const padded = (n: number, digits: number): string => String(n).padStart(digits, '0');

/** Milliseconds before, so that lists have an order. */
const earlier = (instant: string, milliseconds: number): string =>
  new Date(Date.parse(instant) - milliseconds).toISOString();

const person = (n: number): Person => {
  const username = `person-${padded(n, 4)}`;
  const email = `${username}@example.com`;
  return { id: subjectOf({ email }), username, email, groups: [] };
};

type Owner = Pick<Run, 'ownerId' | 'owner' | 'ownerEmail'>;

/** Whose the n-th newest of so many is. */
const ownerOf = (n: number, count: number, people: number, { ownerId, owner, ownerEmail }: Owner): Owner => {
  if (n <= ownOf(count)) return { ownerId, owner, ownerEmail };
  const { id, username, email } = person((n % people) + 1);
  return { ownerId: id, owner: username, ownerEmail: email };
};

type Fill = (table: DynamoDbTable, flush: () => Promise<void>) => Promise<void>;

const people =
  ({ people: count }: Size, directory: string): Fill =>
  async (table) => {
    const records = dynamoDbPersonRepository(table);
    const all = numbers(count).map(person);
    for (const each of all) await records.seen(each, '2026-11-01T00:00:00.000Z');
    const provided = all.map(({ email, groups }) => ({ email, groups, description: '', isDisabled: false }));
    writeFileSync(join(directory, 'people.json'), JSON.stringify(provided));
  };

const keys =
  (size: Size, { sshKeyId }: FirstOfEach): Fill =>
  async (table) => {
    const records = dynamoDbSshKeyRepository(table);
    const first = await records.get(sshKeyId);
    for (const n of numbers(size.people)) {
      const { id, username } = person(n);
      const createdAt = earlier(first.createdAt, n);
      await records.add({ ...first, id: `key-${padded(n, 5)}`, ownerId: id, owner: username, createdAt });
    }
  };

/** In the table and on EMR, so that sweeps find what they expect. */
const clusters =
  (size: Size, { clusterId }: FirstOfEach, directory: string): Fill =>
  async (table) => {
    const records = dynamoDbClusterRepository(table);
    const first = await records.get(clusterId);
    const emr = await openClusterStore(join(directory, 'emr'));
    const running = emr.find(first.workload.emrId ?? '');
    if (running === null) throw new Error('EMR does not know the first cluster.');
    for (const n of numbers(size.clusters)) {
      const [id, emrId, runToken] = [`cluster-${padded(n, 5)}`, `j-LOAD${padded(n, 9)}`, padded(n, 10)];
      const Name = running.request.Name.replace(first.workload.runToken, runToken);
      emr.save({ ...running, id: emrId, sequence: emr.nextSequence(), request: { ...running.request, Name } });
      await records.claimLaunch({
        ...first,
        ...ownerOf(n, size.clusters, size.people, first),
        id,
        identifier: `load-${padded(n, 5)}`,
        createdAt: earlier(first.createdAt, n),
        workload: { ...first.workload, emrId, runToken },
      });
    }
    await emr.flush();
  };

const sessions =
  (size: Size, { sessionId }: FirstOfEach, directory: string): Fill =>
  async (table) => {
    const records = dynamoDbSessionRepository(table);
    const first = await records.get(sessionId);
    const emr = await openStores(join(directory, 'emr-serverless'));
    const [application = '', startedId = ''] = first.workload.emrId?.split('/') ?? [];
    const started = emr.sessions.find(startedId);
    if (started === null) throw new Error('EMR does not know the first session.');
    for (const n of numbers(size.sessions)) {
      const [id, onEmr, runToken] = [`session-${padded(n, 5)}`, `00load${padded(n, 10)}`, padded(n, 10)];
      const name = started.request.name?.replace(first.workload.runToken, runToken);
      emr.sessions.save({
        ...started,
        id: onEmr,
        sequence: emr.sessions.nextSequence(),
        request: { ...started.request, name },
        // Without Spark on this machine the first has failed.
        state: 'IDLE',
        stateDetails: '',
        startedAt: started.createdAt,
        endedAt: null,
        alarms: [],
      });
      await records.claimLaunch({
        ...first,
        ...ownerOf(n, size.sessions, size.people, first),
        id,
        name: `load-${padded(n, 5)}`,
        createdAt: earlier(first.createdAt, n),
        usageClosedAt: null,
        workload: {
          ...first.workload,
          emrId: `${application}/${onEmr}`,
          runToken,
          status: 'IDLE',
          reason: null,
          finishedAt: null,
          readyAt: first.workload.startedAt,
        },
      });
    }
    await emr.sessions.flush();
  };

/** Spread over the parts of a day's usage as random ones are. */
const tokenOf = (job: number, run: number): string => (job * 7919 + run * 104_729).toString(36).padStart(10, '0');

/** What a run of an hour adds to its day. */
const ENTRY = { started: 1, seconds: 3600, nodeSeconds: 3600, dollars: 0.25, normalizedHours: 8, version: 1 } as const;

/** Usage by day and key. */
type UsageOfDays = Map<Day, Map<string, Usage>>;

/** As the daily task has it, which by now is a while ago. */
const summedUp = async (table: DynamoDbTable, days: UsageOfDays): Promise<void> => {
  const sums = dynamoDbUsageSums(table);
  await sumUpUsage({
    usage: {
      firstDay: async () => [...days.keys()].toSorted()[0] ?? null,
      ofEverybody: async (day) => [...(days.get(day)?.values() ?? [])],
    },
    // Nothing is summed up yet; the files answer no queries.
    sums: { ...sums, days: async () => [] },
    clock: { now: () => plusHours(systemClock.now(), -1) },
  })();
};

/** Each job has run once a day. */
const jobsAndRuns =
  (size: Size, { identifier }: FirstOfEach): Fill =>
  async (table, flush) => {
    const jobs = dynamoDbSparkJobRepository(table);
    const runs = dynamoDbRunRepository(table);
    const usage = dynamoDbUsageRepository(table);
    const first = await jobs.get(identifier);
    const { latestRun } = first;
    if (latestRun === null) throw new Error('The first job has no run.');
    const each = Math.round(size.runs / size.jobs);
    const days: UsageOfDays = new Map();
    for (const n of numbers(size.jobs)) {
      const owner = ownerOf(n, size.jobs, size.people, first);
      const job = { ...owner, id: `job-${padded(n, 5)}`, identifier: `load-${padded(n, 5)}` };
      const ofRuns = { ...latestRun, ...owner, jobId: job.id, jobIdentifier: job.identifier };
      let newest = latestRun;
      for (const number of numbers(each)) {
        const scheduledAt = earlier(latestRun.scheduledAt, (each - number) * 86_400_000 + n);
        const id = `${compactInstant(scheduledAt)}-${tokenOf(n, number)}`;
        newest = { ...ofRuns, id, number, scheduledAt, usageClosedAt: scheduledAt };
        await runs.record(newest);
        const { id: entry, ...metered } = meteredRun(newest);
        const key = usageKeyFor({ ...metered, id: entry }, dayOf(scheduledAt));
        const used = await usage.change(key, newest.owner, (known) => withEntry(known, entry, ENTRY));
        days.set(used.day, (days.get(used.day) ?? new Map<string, Usage>()).set(usageKeyOf(key), used));
      }
      await jobs.create({ ...first, ...job, createdAt: earlier(first.createdAt, n), latestRun: newest });
      if (n % 100 === 0) await flush();
    }
    await summedUp(table, days);
  };

/** Copies the first of each until a portal has so many. No stack may run on the directory. */
export const fillPortal = async (directory: string, size: Size, first: FirstOfEach): Promise<void> => {
  const { table, flush, close } = await openDynaliteFiles(directory);
  const fills = [
    people(size, directory),
    keys(size, first),
    clusters(size, first, directory),
    sessions(size, first, directory),
    jobsAndRuns(size, first),
  ];
  try {
    for (const fill of fills) {
      await fill(table, flush);
      await flush();
    }
  } finally {
    await close();
  }
};
