import { matchPath } from 'react-router';

import { PATHS } from './paths.ts';

interface HelpText {
  readonly title: string;
  readonly texts: readonly string[];
  readonly links?: readonly { readonly to: string; readonly text: string }[];
}

const SCHEDULES =
  'A schedule is a number of hours from the start time, or a cron expression in a time zone. All times are stored and computed in UTC.';

/** Help by page, most special first. */
const HELP: readonly (HelpText & { readonly path: string })[] = [
  {
    path: '/',
    title: 'Dashboard',
    texts: [
      'First comes what needs you: runs that failed, timed out or were missed, what expires within the hour, and a budget that is nearly used up.',
      'Then what runs now, what is scheduled in the next 24 hours, and what this month has cost.',
    ],
    links: [
      { to: '/new/cluster', text: 'Launch a cluster' },
      { to: '/new/spark-job', text: 'Create a Spark job' },
    ],
  },
  {
    path: '/clusters',
    title: 'Clusters',
    texts: [
      'A cluster runs Spark with Jupyter and, where its release has it, Zeppelin. It is yours for the hours you choose and is terminated at their end.',
      'You get a mail one hour before, if your deployment sends mails. Extend the cluster if you need it longer.',
      'A terminated cluster keeps its record, its cost and its logs.',
    ],
  },
  {
    path: '/new/cluster',
    title: 'Launch a cluster',
    texts: [
      'Size counts the workers. Size 1 is a single machine; size 3 is a master and three workers.',
      'The cost is an estimate at list prices for the whole lifetime. A cluster that you terminate early costs less.',
      'With an idle time the cluster also ends when nothing has run on it for so long.',
    ],
  },
  {
    path: PATHS.cluster,
    title: 'A cluster',
    texts: [
      'When the cluster is ready, open the tunnel with the command shown, then open Jupyter at the address beside it.',
      'Clusters of a release from spark-8.0.0 on also offer Connect: a PySpark client on your own machine reaches them without key or tunnel.',
      'Only the private key of the cluster’s SSH key opens it.',
      'Steps, instances and the bootstrap log have tabs of their own. EMR copies the log some minutes after the nodes began.',
      'Files in your home directory stay if the page says that the home is kept. All other files are lost at the end: keep them in S3.',
    ],
  },
  {
    path: '/sessions',
    title: 'Sessions',
    texts: [
      'A session is Spark for the notebook on your own machine. It needs no key and no tunnel.',
      'It ends at its expiry, and before that when it was idle for the time that you chose.',
    ],
  },
  {
    path: '/new/session',
    title: 'Start a session',
    texts: [
      'Size is the most workers. Spark asks for them as it needs them; you pay for what it uses.',
      'Choose the release by its Spark: your client must have the same version.',
    ],
  },
  {
    path: PATHS.session,
    title: 'A session',
    texts: [
      'Connect gives you a command and three lines to paste, with a token for one hour. Nobody else gets one.',
      'RDDs and the SparkContext are not available over Spark Connect.',
    ],
  },
  {
    path: PATHS.editSparkJob,
    title: 'Edit a Spark job',
    texts: [
      'Without another notebook the job keeps the one it has.',
      'Moving the start resets the schedule. An end date in the future revives an expired job.',
      SCHEDULES,
    ],
  },
  {
    path: PATHS.run,
    title: 'A run',
    texts: [
      'A run has its own results, which no later run overwrites.',
      'A failed run says which cell failed and why. Cells are numbered by code cells, as in the notebook that was uploaded.',
      'The notebook is saved after every cell, so a run that timed out keeps what it had done.',
    ],
  },
  {
    path: PATHS.compareRuns,
    title: 'Two runs',
    texts: [
      'What differs between two runs of a job: their facts and parameters, and the code and outputs of each cell.',
      'Cells that are the same in both are only counted. Each cell has the number that it has in its own run.',
    ],
  },
  {
    path: PATHS.sparkJob,
    title: 'A Spark job',
    texts: [
      'Run now starts a run at once, also before the start of the schedule. The next scheduled run of an interval is then one interval later.',
      'A disabled job keeps its history and starts no runs.',
      SCHEDULES,
    ],
  },
  {
    path: '/spark-jobs',
    title: 'Spark jobs',
    texts: [
      'A Spark job is a notebook with a schedule. Each run starts a machine of its own and ends it.',
      'An occurrence for which no run could start is recorded as missed, with the reason.',
    ],
  },
  {
    path: '/new/spark-job',
    title: 'Create a Spark job',
    texts: [
      'Upload a Jupyter notebook (.ipynb) or a Zeppelin note (.json or .zpln). It is checked before anything is paid for.',
      'Parameters replace those of the cell tagged “parameters”.',
      SCHEDULES,
    ],
  },
  {
    path: '/new/ssh-key',
    title: 'Add an SSH key',
    texts: [
      'Add the public key, which ends in .pub. Never paste the private one.',
      'To make a pair: ssh-keygen -t ed25519. It asks where to save it.',
    ],
  },
  {
    path: '/ssh-keys/*',
    title: 'SSH keys',
    texts: [
      'The key whose public part is here opens the clusters launched with it.',
      'Deleting a key here leaves running clusters as they are.',
    ],
  },
  {
    path: '/usage',
    title: 'Usage',
    texts: [
      'Costs are what AWS bills at list prices: machines, EMR, disks and public addresses by the second, with a minute at least.',
      'What runs is added up every five minutes.',
    ],
  },
  {
    path: '/admin/*',
    title: 'Administration',
    texts: [
      'Every change here is in the audit trail, with who made it and from where.',
      'Settings, announcement, quotas and budgets have versions: what a launch used is part of its record.',
    ],
    links: [
      { to: '/admin/audit', text: 'Audit trail' },
      { to: '/admin/upkeep', text: 'Periodic tasks' },
    ],
  },
];

const ANY: HelpText = {
  title: 'Help',
  texts: ['ATMO launches Spark clusters on Amazon EMR and runs notebooks on a schedule. Press ? for the keys.'],
};

export const helpFor = (pathname: string): HelpText =>
  HELP.find(({ path }) => matchPath(path, pathname) !== null) ?? ANY;
