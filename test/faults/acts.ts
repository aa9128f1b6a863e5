import type { Person } from '../../shared/domain/person.ts';
import { isActive } from '../../shared/domain/expiring.ts';
import { ADMIN, OWNERS } from './people.ts';
import type { PortalApi } from './portal-api.ts';
import type { Random } from './random.ts';
import type { Tables } from './tables.ts';

const NOTEBOOK = { uploadId: 'up', fileName: 'report.ipynb' } as const;
const RELEASE = '7.13.0';

const CRONS = ['0/30 * * * ? *', '15 * * * ? *', '5 0/3 * * ? *', '0 6 * * ? *', '0/20 8-10 * * ? *'];

interface ActsDependencies {
  /** An admin pauses all launches, or lets them go on. */
  readonly switchLaunches: () => Promise<unknown>;
  readonly api: PortalApi;
  readonly random: Random;
  readonly items: Tables['items'];
  readonly upload: (personId: string, uploadId: string, fileName: string) => void;
}

/** What people do, at random. */
export const peoplesActs = ({ api, random, items, upload, switchLaunches }: ActsDependencies) => {
  let made = 0;
  const settings = () => ({
    description: 'Counts what happened',
    size: Math.ceil(random.between(0, 3)),
    timeout: Math.ceil(random.between(0, 3)),
    engine: random.pick(['cluster', 'serverless']),
    emrRelease: RELEASE,
    schedule: random.chance(0.8)
      ? { type: 'cron', expression: random.pick(CRONS), timeZone: 'UTC' }
      : { type: 'interval', hours: 24 },
    ...(random.chance(0.2) ? { endDate: new Date(Date.now() + random.between(1, 20) * 3_600_000).toISOString() } : {}),
  });

  const createJob = (person: Person) => {
    made += 1;
    upload(person.id, NOTEBOOK.uploadId, NOTEBOOK.fileName);
    const body = { identifier: `job-${made}`, notebookUploadId: NOTEBOOK.uploadId, ...settings() };
    return api(person, { feature: 'jobs', route: 'POST /api/spark-jobs', body });
  };

  const onJob = (act: (person: Person, path: { readonly identifier: string }) => Promise<unknown>) => async () => {
    const jobs = [...items.jobs.values()];
    if (jobs.length === 0) return;
    const { identifier, ownerId } = random.pick(jobs);
    await act(OWNERS.find(({ id }) => id === ownerId) ?? ADMIN, { identifier });
  };

  const updateJob = (changes: () => object) =>
    onJob((person, path) =>
      api(person, {
        feature: 'jobs',
        route: 'PUT /api/spark-jobs/{identifier}',
        path,
        body: { ...settings(), ...changes() },
      }),
    );

  const launchCluster = (person: Person) => {
    made += 1;
    const body = {
      identifier: `cluster-${made}`,
      sshKeyId: `key-${person.username}`,
      emrRelease: RELEASE,
      size: Math.ceil(random.between(0, 4)),
      lifetime: Math.ceil(random.between(1, 4)),
    };
    return api(person, { feature: 'clusters', route: 'POST /api/clusters', body });
  };

  const startSession = (person: Person) => {
    made += 1;
    const body = { name: `session-${made}`, emrRelease: RELEASE, size: 1, lifetime: Math.ceil(random.between(1, 3)) };
    return api(person, { feature: 'sessions', route: 'POST /api/sessions', body });
  };

  /** Extends or terminates one, or shares it with the other person. */
  const onExpiring = (feature: 'clusters' | 'sessions', what: 'extend' | 'terminate' | 'grants') => async () => {
    const active = [...items[feature].values()].filter(isActive);
    if (active.length === 0) return;
    const { id, ownerId } = random.pick<{ readonly id: string; readonly ownerId: string }>(active);
    const owner = OWNERS.find((person) => person.id === ownerId) ?? ADMIN;
    const other = OWNERS.find((person) => person.id !== ownerId) ?? ADMIN;
    const route = `${what === 'grants' ? 'PUT' : 'POST'} /api/${feature}/{id}/${what}`;
    const grants = [{ to: `user:${other.username}`, level: random.pick(['view', 'manage']) }];
    const bodies = { extend: { hours: 2 }, terminate: undefined, grants: { grants } };
    await api(random.chance(0.8) ? owner : other, { feature, route, path: { id }, body: bodies[what] });
  };

  const acts: readonly (readonly [number, () => Promise<unknown>])[] = [
    [3, () => launchCluster(random.pick(OWNERS))],
    [1, onExpiring('clusters', 'extend')],
    [1, onExpiring('clusters', 'terminate')],
    [1, onExpiring('clusters', 'grants')],
    [2, () => startSession(random.pick(OWNERS))],
    [1, onExpiring('sessions', 'extend')],
    [1, onExpiring('sessions', 'terminate')],
    [1, () => switchLaunches()],
    [3, () => createJob(random.pick(OWNERS))],
    [
      4,
      onJob((person, path) => api(person, { feature: 'runs', route: 'POST /api/spark-jobs/{identifier}/run', path })),
    ],
    [2, updateJob(() => ({}))],
    [1, updateJob(() => ({ isEnabled: false }))],
    [
      1,
      onJob((person, path) =>
        api(person, {
          feature: 'jobs',
          route: 'DELETE /api/spark-jobs/{identifier}',
          path,
          query: { results: random.pick(['keep', 'remove']) },
        }),
      ),
    ],
    [
      1,
      onJob(async (person, { identifier }) => {
        const runId = items.jobs.get(identifier)?.latestRun?.id;
        if (runId === undefined) return;
        const path = { identifier, runId };
        await api(person, { feature: 'runs', route: 'POST /api/spark-jobs/{identifier}/runs/{runId}/terminate', path });
      }),
    ],
  ];
  const total = acts.reduce((sum, [weight]) => sum + weight, 0);

  return {
    createJob: () => createJob(random.pick(OWNERS)),
    any: (): Promise<unknown> => {
      let left = random.next() * total;
      for (const [weight, act] of acts) {
        left -= weight;
        if (left < 0) return act();
      }
      return Promise.resolve();
    },
  };
};
