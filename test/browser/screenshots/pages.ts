import type { Page } from 'playwright-core';

import { pickNotebook } from './pick-notebook.ts';
import type { Person, World } from './world.ts';

/** What the server does while a picture is taken. */
export const STATES = ['empty', 'full', 'loading', 'failing'] as const;
export type State = (typeof STATES)[number];

export interface Picture {
  readonly name: string;
  /** Alice where it is left out. */
  readonly as?: Person;
  /** Null where the stack lacks what the page shows. */
  readonly path: (world: World | null) => string | null;
  /** States in which the page differs; all where it is left out. */
  readonly states?: readonly State[];
  /** What is done on the page before the picture, in the states empty and full. */
  readonly act?: (page: Page) => Promise<void>;
  /** Whether the picture ends with the window, as what lies above a page does. */
  readonly isAbove?: boolean;
}

const FULL = ['full'] as const;
const ALONE = ['empty'] as const;

const page = (name: string, path: string, more: Partial<Picture> = {}): Picture => ({
  name,
  path: () => path,
  ...more,
});

/** The page of an object, which only the full stack has. */
const objectPage = (name: string, path: (world: World) => string, more: Partial<Picture> = {}): Picture => ({
  name,
  path: (world) => (world === null ? null : path(world)),
  states: ['full', 'loading', 'failing'],
  ...more,
});

/** The same page with something of it opened. */
const opened = (name: string, path: (world: World) => string, act: (page: Page) => Promise<void>): Picture =>
  objectPage(name, path, { act, states: FULL, isAbove: true });

const press = (button: string) => (shown: Page) => shown.getByRole('button', { name: button, exact: true }).click();

/** The same for what phones have in a menu. */
const pressInMenu = (button: string, of: string) => async (shown: Page) => {
  await shown.getByRole('button', { name: 'Run now' }).waitFor();
  const menu = shown.getByRole('button', { name: `Actions for ${of}` });
  if ((await menu.count()) > 0) await menu.click();
  await press(button)(shown);
};

const SECTIONS = [
  'overview',
  'clusters',
  'sessions',
  'spark-jobs',
  'ssh-keys',
  'alerts',
  'settings',
  'announcement',
  'quotas',
  'launches',
  'budgets',
  'emr-releases',
  'people',
  'audit',
  'upkeep',
  'usage',
];

export const PICTURES: readonly Picture[] = [
  page('sign-in', '/', { as: 'nobody', states: ALONE }),
  page('dashboard', '/'),
  page('dashboard-of-admin', '/', { as: 'admin' }),
  page('clusters', '/clusters'),
  page('clusters-all', '/clusters?status=all', { states: FULL }),
  page('spark-jobs', '/spark-jobs'),
  page('deleted-spark-jobs', '/deleted-spark-jobs'),
  objectPage('deleted-spark-job', ({ deletedJob }) => `/deleted-spark-jobs/${deletedJob}`),
  page('sessions', '/sessions'),
  page('ssh-keys', '/ssh-keys'),
  page('usage', '/usage'),
  page('news', '/news'),
  page('api-reference', '/api-reference', { states: ['full', 'loading', 'failing'] }),
  page('not-found', '/no/such/page', { states: ALONE }),
  page('no-access', '/admin', { states: ALONE }),
  page('no-such-job', '/spark-jobs/no-such-job', { states: ALONE }),
  page('launch-cluster', '/new/cluster'),
  page('start-session', '/new/session'),
  page('create-spark-job', '/new/spark-job'),
  page('create-spark-job-filled', '/new/spark-job', { states: FULL, act: pickNotebook }),
  page('add-ssh-key', '/new/ssh-key', { states: FULL }),
  objectPage('cluster-ready', ({ clusters }) => `/clusters/${clusters.ready}`),
  objectPage('cluster-starting', ({ clusters }) => `/clusters/${clusters.starting}`, { states: FULL }),
  objectPage('cluster-ended', ({ clusters }) => `/clusters/${clusters.ended}`, { states: FULL }),
  objectPage('cluster-failed', ({ clusters }) => `/clusters/${clusters.failed}`, { states: FULL }),
  ...['steps', 'instances', 'bootstrap-log'].map((tab) =>
    objectPage(`cluster-${tab}`, ({ clusters }) => `/clusters/${clusters.ready}?tab=${tab}`),
  ),
  objectPage('session', ({ session }) => `/sessions/${session}`),
  objectPage('ssh-key', ({ sshKey }) => `/ssh-keys/${sshKey}`),
  objectPage('job', ({ jobs }) => `/spark-jobs/${jobs.healthy}`),
  objectPage('job-failing', ({ jobs }) => `/spark-jobs/${jobs.failing}`, { states: FULL }),
  objectPage('job-new', ({ jobs }) => `/spark-jobs/${jobs.fresh}`, { states: FULL }),
  ...['notebook', 'results', 'logs', 'sharing', 'settings'].map((tab) =>
    objectPage(`job-${tab}`, ({ jobs }) => `/spark-jobs/${jobs.healthy}?tab=${tab}`),
  ),
  objectPage('edit-job', ({ jobs }) => `/spark-jobs/${jobs.healthy}/edit`),
  objectPage('run', ({ jobs, runs }) => `/spark-jobs/${jobs.healthy}/runs/${runs.succeeded}`),
  objectPage('run-failed', ({ jobs, runs }) => `/spark-jobs/${jobs.failing}/runs/${runs.failed}`),
  ...SECTIONS.map((section) => page(`admin-${section}`, `/admin/${section}`, { as: 'admin' })),
  page('admin-usage-by-person', '/admin/usage?by=person', { as: 'admin', states: FULL }),
  page('admin-edit-release', '/admin/emr-releases/edit?version=7.10.0', { as: 'admin', states: FULL }),
  opened('dialog-terminate', ({ clusters }) => `/clusters/${clusters.ready}`, press('Terminate')),
  opened('dialog-extend', ({ clusters }) => `/clusters/${clusters.ready}`, press('Extend')),
  opened('dialog-connect', ({ session }) => `/sessions/${session}`, press('Connect')),
  opened('dialog-run-now', ({ jobs }) => `/spark-jobs/${jobs.healthy}`, press('Run now')),
  opened('dialog-delete', ({ jobs }) => `/spark-jobs/${jobs.healthy}`, pressInMenu('Delete', 'active-users-daily')),
  opened(
    'dialog-search',
    () => '/',
    async (shown) => {
      await shown.keyboard.press('/');
      await shown.keyboard.type('report');
    },
  ),
  opened(
    'dialog-keys',
    () => '/',
    (shown) => shown.keyboard.press('?'),
  ),
  opened('help', () => '/', press('Help')),
  opened('person-menu', () => '/', press('alice')),
];
