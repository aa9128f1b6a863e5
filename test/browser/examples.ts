import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import { DEFAULT_LIMITS } from '../../shared/domain/settings.ts';
import type { ClusterView } from '../../shared/contract/cluster.ts';
import type { EmrReleaseView } from '../../shared/contract/emr-release-view.ts';
import type { Me } from '../../shared/contract/routes/portal.ts';
import type { RunView } from '../../shared/contract/run.ts';
import type { SparkJobView } from '../../shared/contract/spark-job.ts';
import { rateOf } from '../../shared/domain/cost.ts';
import type { SshKeyView } from '../../shared/contract/routes/ssh-keys.ts';

export const alice: Me = {
  id: 'sub-alice',
  username: 'alice',
  email: 'alice@example.com',
  groups: [],
  permissions: [],
  environment: 'prod',
  commit: '0123456789abcdef',
  version: '2026.11.0',
  announcement: null,
  region: 'us-west-2',
  sendsMails: true,
  newsUnread: false,
  launches: { isPaused: false, reason: null },
  limits: DEFAULT_LIMITS,
  helpLinks: [],
  budget: null,
};

export const jobDefaults: RouteOutput<Routes['getSparkJobDefaults']> = {
  resultVisibility: 'private',
  size: 1,
  maxSize: 30,
  timeout: 24,
  maxTimeout: 24,
  schedule: { type: 'interval', hours: 168 },
  emrRelease: '7.10.0',
  engine: 'cluster',
  engines: ['cluster'],
  isEnabled: true,
  minTimeout: 1,
  startDate: '2026-11-23T21:00:00.000Z',
  maxNotebookBytes: 20_000_000,
};

export const presets: RouteOutput<Routes['getClusterDefaults']> = {
  identifier: 'frosty-curie-0042',
  size: 1,
  maxSize: 30,
  lifetime: 8,
  minLifetime: 2,
  maxLifetime: 24,
  idleHours: 3,
  minIdleHours: 1,
  maxIdleHours: 24,
  sshKeyId: 'k1',
  emrRelease: null,
  homes: { areKept: true, atMost: 200 },
};

export const key: SshKeyView = {
  id: 'k1',
  title: 'laptop',
  type: 'ssh-ed25519',
  bits: 256,
  fingerprint: 'SHA256:x',
  fingerprintMd5: 'a:b',
  createdAt: '2026-11-23T21:00:00.000Z',
  modifiedAt: '2026-11-23T21:00:00.000Z',
  warnings: [],
};

export const release: EmrReleaseView = {
  version: '7.10.0',
  changelogUrl: 'https://docs.aws.amazon.com/emr/latest/ReleaseGuide/emr-7100-release.html',
  helpText: 'Spark 3.5.5 and Python 3.9.',
  isActive: true,
  isExperimental: false,
  isDeprecated: false,
  applications: ['Spark', 'Hive', 'Zeppelin'],
  sparkVersion: '3.5.5',
  pythonVersion: '3.9',
  supportEndsOn: null,
  engines: ['cluster', 'serverless'],
};

export const EMPTY = { items: [], cursor: null };

export const job: SparkJobView = {
  identifier: 'hostile',
  ownerId: 'sub-mallory',
  owner: 'mallory',
  description: 'A notebook that wants more than to be read.',
  notebook: { name: 'hostile.ipynb', kind: 'jupyter', version: 'v1', size: 1000 },
  parameters: {},
  resultVisibility: 'private',
  size: 1,
  schedule: { type: 'interval', hours: 168 },
  scheduleInWords: 'Weekly',
  timeout: 24,
  startDate: '2026-11-23T21:00:00.000Z',
  endDate: null,
  emrRelease: '7.10.0',
  engine: 'cluster',
  isEnabled: false,
  expiredAt: null,
  isRunnable: true,
  nextRuns: [],
  recentRuns: [],
  latestMissed: null,
  latestRun: null,
  permissions: ['view'],
  createdAt: '2026-11-23T21:00:00.000Z',
  modifiedAt: '2026-11-23T21:00:00.000Z',
};

export const run: RunView = {
  id: 'r1',
  number: 1,
  trigger: 'manual',
  occurrence: '2026-11-23T21:00:00.000Z',
  engine: 'cluster',
  phase: 'ended',
  status: 'TERMINATED',
  outcome: 'succeeded',
  jobflowId: 'j-2AXXXXXXGAPLF',
  jobRunId: null,
  emrRelease: '7.10.0',
  size: 1,
  parameters: {},
  notebookVersion: 'v1',
  scheduledAt: '2026-11-23T21:00:00.000Z',
  startedAt: '2026-11-23T21:05:00.000Z',
  readyAt: '2026-11-23T21:09:00.000Z',
  finishedAt: '2026-11-23T21:20:00.000Z',
  reason: null,
  cost: {
    ...rateOf({ ec2: 0.25, emr: 0.05 }),
    currency: 'USD',
    since: '2026-11-23T21:05:00.000Z',
    until: '2026-11-23T21:20:00.000Z',
    soFar: 0.075,
  },
  modifiedAt: '2026-11-23T21:20:00.000Z',
};

export const progress: RouteOutput<Routes['getProgress']> = {
  stage: 'ended',
  cell: null,
  cells: null,
  since: run.finishedAt,
  usual: 900,
  stages: [],
};

export const ATTACK =
  '<img src="https://evil.example/x.png" onerror="document.title=\'owned\'"><script>document.title="owned"</script>';

export const hostileNotebook = {
  nbformat: 4,
  nbformat_minor: 5,
  metadata: {},
  cells: [
    {
      cell_type: 'markdown',
      metadata: {},
      source: `# Hello\n\n${ATTACK}\n\n[click](javascript:document.title='owned') ![pixel](https://evil.example/y.png)`,
    },
    {
      cell_type: 'code',
      metadata: {},
      execution_count: 1,
      source: ATTACK,
      outputs: [
        { output_type: 'execute_result', data: { 'text/html': `<table><tr><td>${ATTACK}cell</td></tr></table>` } },
        { output_type: 'display_data', data: { 'image/svg+xml': `<svg onload="document.title='owned'"/>` } },
        { output_type: 'stream', name: 'stdout', text: ATTACK },
      ],
    },
  ],
};

const ADDRESS = 'hadoop@ec2-203-0-113-61.us-west-2.compute.amazonaws.com';

/** As long as an identifier may be, and without a hyphen to break it at. */
export const LONG = 'x'.repeat(100);

export const cluster: ClusterView = {
  id: 'c1',
  identifier: LONG,
  ownerId: 'sub-long',
  owner: `${LONG}@elsewhere.example.com`,
  size: 30,
  lifetime: 24,
  lifetimeExtensionCount: 2,
  home: { isKept: true, problem: null },
  sshKeyId: 'k1',
  emrRelease: '7.10.0',
  jobflowId: 'j-2AXXXXXXGAPLF',
  phase: 'running',
  status: 'WAITING',
  statusReason: null,
  isActive: true,
  isReady: true,
  isFailed: false,
  termination: null,
  masterAddress: 'ec2-203-0-113-61.us-west-2.compute.amazonaws.com',
  createdAt: '2026-11-23T21:00:00.000Z',
  expiresAt: '2099-11-24T21:00:00.000Z',
  startedAt: '2026-11-23T21:01:00.000Z',
  readyAt: '2026-11-23T21:09:00.000Z',
  finishedAt: null,
  cost: { ...rateOf({ ec2: 5.06, emr: 1.26 }), currency: 'USD', since: '2026-11-23T21:01:00.000Z', until: null },
  connect: null,
  access: {
    tunnel: `ssh -N -L 8888:localhost:8888 ${ADDRESS}`,
    tunnelWithKey: `ssh -i <key> -N -L 8888:localhost:8888 ${ADDRESS}`,
    ssh: `ssh ${ADDRESS}`,
    sshWithKey: `ssh -i <key> ${ADDRESS}`,
    sshConfig: `Host long\n  # IdentityFile <key>`,
    copyNotebooks: `scp *.ipynb ${ADDRESS}:work/`,
    copyNotebooksWithKey: `scp -i <key> *.ipynb ${ADDRESS}:work/`,
    efsMount: `mkdir -p ~/long && sshfs ${ADDRESS}:work/ ~/long`,
    jupyterUrl: 'http://localhost:8888',
    zeppelinUrl: 'http://localhost:8890',
  },
  idleHours: 3,
  keyOwner: null,
  allowsSsh: true,
  permissions: ['view', 'manage'],
  modifiedAt: '2026-11-23T21:09:00.000Z',
};

export const usageSum = {
  clusters: 2,
  sessions: 1,
  runs: 3,
  hours: 10.5,
  instanceHours: 42,
  normalizedInstanceHours: 320,
  cost: 9.11,
};
