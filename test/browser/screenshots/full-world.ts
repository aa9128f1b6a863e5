import type { APIRequestContext, Page } from 'playwright-core';

import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import { notebookText } from '../../notebooks/notebooks.ts';
import type { LocalStack } from '../local-stack.ts';
import { posted, uploaded } from '../seeded.ts';
import { recordPastRuns } from './recorded-runs.ts';
import type { Person, World } from './world.ts';

const KEYS = {
  'alice@laptop': 'AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
  'alice@workstation': 'AAAAC3NzaC1lZDI1NTE5AAAAIKsabgH5C9okWi0dh2l9GKJlOMqqnkVzrm0SdG6UOoqK',
};

/** How their runs end is in `recorded-runs.ts`. */
const SUBJECTS = [
  'active-users',
  'ad-clicks',
  'crash-pings',
  'funnel',
  'retention',
  'search-terms',
  'churn',
  'sessions-by-country',
];
const KINDS = ['daily', 'weekly', 'report'];
const JOBS = [
  ...SUBJECTS.flatMap((subject) => KINDS.map((kind) => `${subject}-${kind}`)),
  'a-job-with-a-name-that-is-as-long-as-people-make-them-when-nobody-stops-them-at-all-0042',
  'broken-import',
];

const scheduleOf = (index: number) =>
  index % 3 === 0
    ? { type: 'cron' as const, expression: `${(index * 7) % 60} ${index % 24} * * ? *`, timeZone: 'Europe/Berlin' }
    : { type: 'interval' as const, hours: index % 3 === 1 ? 168 : 24 };

/**
 * Twenty-six jobs with a month of runs, nine clusters, sessions, and something of everything that admins see.
 * @param pages of alice and admin, signed in
 */
export const makeFullWorld = async (stack: LocalStack, pages: ReadonlyMap<Person, Page>): Promise<World> => {
  const requestOf = (person: Person): APIRequestContext => {
    const page = pages.get(person);
    if (page === undefined) throw new Error(`${person} is not signed in.`);
    return page.context().request;
  };
  const [alice, admin] = [requestOf('alice'), requestOf('admin')];
  const post = <Output>(path: string, body: object, as = alice): Promise<Output> =>
    posted<Output>(as, stack.url + path, body);
  const put = async (path: string, data: object, as = admin): Promise<void> => {
    const response = await as.put(stack.url + path, { data });
    if (!response.ok()) throw new Error(`${path} answered ${response.status()}: ${await response.text()}`);
  };

  const sshKeys = [];
  for (const [title, blob] of Object.entries(KEYS))
    sshKeys.push(
      await post<RouteOutput<Routes['addSshKey']>>('/api/ssh-keys', { title, key: `ssh-ed25519 ${blob} ${title}` }),
    );
  const sshKeyId = sshKeys[0]?.id ?? '';
  const launch = async (identifier: string, size: number): Promise<string> =>
    (
      await post<RouteOutput<Routes['launchCluster']>>('/api/clusters', {
        identifier,
        size,
        lifetime: 2 + size,
        sshKeyId,
        emrRelease: '7.10.0',
      })
    ).id;
  await post('/local/emr-serverless', { sessionsWithoutSpark: true });

  for (const [index, identifier] of JOBS.entries())
    await post('/api/spark-jobs', {
      identifier,
      notebookUploadId: await uploaded(alice, stack.url, 'visits.ipynb', notebookText('visits-by-city.ipynb')),
      description: `Counts ${identifier.replaceAll('-', ' ')} and leaves the table where the dashboards read it.`,
      parameters: { days: index % 3 === 0 ? 1 : 7, country: 'DE' },
      size: 1 + (index % 5),
      engine: index % 4 === 0 ? 'serverless' : 'cluster',
      schedule: scheduleOf(index),
    });
  await put('/api/spark-jobs/active-users-daily/grants', { grants: [{ to: 'user:admin', level: 'view' }] }, alice);

  // The others began with their first run.
  for (const [index, identifier] of JOBS.entries())
    if (scheduleOf(index).type === 'cron') await post(`/api/spark-jobs/${identifier}/run`, {});

  const ended = await launch('calm-hopper-0001', 1);
  const others = [await launch('bold-noether-0002', 2), await launch('quick-fermi-0003', 4)];
  await launch('eager-lovelace-0004', 3);
  await stack.advance('PT1H');
  for (const id of [ended, ...others]) await post(`/api/clusters/${id}/terminate`, {});
  await recordPastRuns(stack);
  await post('/api/admin/spark-jobs/disable', { ids: ['churn-report', 'funnel-weekly'] }, admin);
  await stack.emr({ failNext: 'BOOTSTRAP_FAILURE' });
  const failed = await launch('dizzy-darwin-0005', 1);
  await stack.advance('PT15M');

  const ready = await launch('frosty-curie-0042', 3);
  await launch('keen-turing-0006', 1);
  await launch('sleepy-galileo-0007', 2);
  await stack.advance('PT20M');
  await post(`/api/spark-jobs/ad-clicks-daily/run`, {});
  await stack.emr({ stepSeconds: 36_000 });
  await stack.advance('PT12M');
  await stack.emr({ bootstrapSeconds: 3600 });
  const starting = await launch('brave-mirzakhani-0008', 2);
  const session = (
    await post<RouteOutput<Routes['startSession']>>('/api/sessions', {
      name: 'exploration',
      size: 4,
      lifetime: 8,
      idleMinutes: 30,
      emrRelease: '7.13.0',
    })
  ).id;
  await post('/api/sessions', { name: 'features', size: 2, lifetime: 2, idleMinutes: 30, emrRelease: '7.13.0' });
  await stack.advance('PT3M');
  const makeJobOfNextYear = async (identifier: string, description: string): Promise<void> =>
    post('/api/spark-jobs', {
      identifier,
      notebookUploadId: await uploaded(alice, stack.url, 'greeting.ipynb', notebookText('greeting.ipynb')),
      description,
      startDate: '2027-01-01T06:00:00.000Z',
    });
  const fresh = 'new-and-not-yet-run';
  await makeJobOfNextYear(fresh, 'Begins next year.');
  const deleted = 'forecast-of-last-year';
  await makeJobOfNextYear(deleted, 'Forecast of active users, until the new model took its place.');
  const deletion = await alice.delete(`${stack.url}/api/spark-jobs/${deleted}`);
  if (!deletion.ok()) throw new Error(`The deletion answered ${deletion.status()}: ${await deletion.text()}`);
  await put('/api/admin/budgets', { everyone: 2000, eachPerson: 150, groups: {}, people: {} });

  const latest = async (job: string, outcome: string): Promise<string> => {
    const response = await alice.get(`${stack.url}/api/spark-jobs/${job}/runs?limit=100`);
    const { items } = (await response.json()) as RouteOutput<Routes['listRuns']>;
    return items.find((run) => run.outcome === outcome)?.id ?? '';
  };
  return {
    deletedJob: deleted,
    clusters: { ready, starting, ended, failed },
    session,
    sshKey: sshKeyId,
    jobs: { healthy: 'active-users-daily', failing: 'crash-pings-daily', fresh },
    runs: {
      succeeded: await latest('active-users-daily', 'succeeded'),
      failed: await latest('crash-pings-daily', 'failed'),
    },
  };
};
