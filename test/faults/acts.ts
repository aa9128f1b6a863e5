import type { Person } from '../../shared/domain/person.ts';
import { isActive } from '../../shared/domain/expiring.ts';
import { ADMIN, OWNERS } from './people.ts';
import type { Answer, PortalApi } from './portal-api.ts';
import type { Random } from './random.ts';
import type { SharingChecks } from './sharing-checks.ts';
import type { Tables } from './tables.ts';

const NOTEBOOK = { uploadId: 'up', fileName: 'report.ipynb' } as const;
const RELEASE = '7.13.0';

const CRONS = ['0/30 * * * ? *', '15 * * * ? *', '5 0/3 * * ? *', '0 6 * * ? *', '0/20 8-10 * * ? *'];

interface ActsDependencies {
  /** An admin pauses all launches, or lets them go on. */
  readonly switchLaunches: () => Promise<unknown>;
  readonly shared: SharingChecks;
  readonly api: PortalApi;
  readonly random: Random;
  readonly items: Tables['items'];
  readonly upload: (personId: string, uploadId: string, fileName: string) => void;
}

/** What people do, at random. */
export const peoplesActs = ({ api, random, items, upload, switchLaunches, shared }: ActsDependencies) => {
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

  /** Its owner, or somebody else, with whom it may be shared. */
  const somebody = (ownerId: string): Person =>
    (random.chance(0.8) ? OWNERS.find(({ id }) => id === ownerId) : otherThan(ownerId)) ?? ADMIN;

  const otherThan = (ownerId: string): Person => OWNERS.find(({ id }) => id !== ownerId) ?? ADMIN;

  const grantsTo = ({ username }: Person) => ({
    grants: [{ to: `user:${username}`, level: random.pick(['view', 'manage']) }],
  });

  const onJob = (act: (person: Person, path: { readonly identifier: string }) => Promise<Answer>) => async () => {
    const jobs = [...items.jobs.values()];
    if (jobs.length === 0) return;
    const job = random.pick(jobs);
    const person = somebody(job.ownerId);
    await shared(person, 'sparkJob', job, () => act(person, { identifier: job.identifier }));
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
    const holder = random.pick<{ readonly id: string; readonly ownerId: string }>(active);
    const { id, ownerId } = holder;
    const person = somebody(ownerId);
    const route = `${what === 'grants' ? 'PUT' : 'POST'} /api/${feature}/{id}/${what}`;
    const bodies = { extend: { hours: 2 }, terminate: undefined, grants: grantsTo(otherThan(ownerId)) };
    const kind = feature === 'clusters' ? 'cluster' : 'session';
    await shared(person, kind, holder, () => api(person, { feature, route, path: { id }, body: bodies[what] }));
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
          route: 'PUT /api/spark-jobs/{identifier}/grants',
          path,
          body: grantsTo(otherThan(person.id)),
        }),
      ),
    ],
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
        if (runId === undefined) return null;
        const path = { identifier, runId };
        return api(person, {
          feature: 'runs',
          route: 'POST /api/spark-jobs/{identifier}/runs/{runId}/terminate',
          path,
        });
      }),
    ],
  ];
  const total = acts.reduce((sum, [weight]) => sum + weight, 0);

  return {
    createJob: () => createJob(random.pick(OWNERS)),
    /** Both people at once. */
    launch: () => Promise.all(OWNERS.flatMap((person) => [launchCluster(person), startSession(person)])),
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

export type PeoplesActs = ReturnType<typeof peoplesActs>;
