import { newPublicKey } from '../rehearsal/smoke/ssh-key.ts';
import { GRANTS, emailOf, PEOPLE, type WalkPerson } from './people.ts';
import type { Rule } from './rules.ts';

/** Ids of the objects of the walk, by what routes call them. */
interface WalkObjects {
  readonly cluster: string;
  readonly session: string;
  readonly sshKey: string;
  readonly sparkJob: string;
  readonly run: string;
  readonly upload: string;
}

type EndedKind = 'sshKey' | 'sparkJob' | 'cluster' | 'session';

/** A portal in which `owner` has one object of each kind, shared with the viewers and managers. */
export interface Walk {
  readonly objects: WalkObjects;
  /** The objects with another one of a kind in their place. */
  another(kind: EndedKind): Promise<WalkObjects>;
  pathOf(path: string, objects: WalkObjects, rule: Rule): string;
  /** @returns the status of the answer; a person who is null has no session */
  call(person: WalkPerson | null, method: string, path: string, body?: unknown): Promise<number>;
  /** What a browser gets that has an answer of this tag; null where it has none. */
  read(person: WalkPerson, path: string, etag: string | null): Promise<Response>;
}

const NOTEBOOK = JSON.stringify({
  cells: [{ cell_type: 'code', execution_count: null, id: 'one', metadata: {}, outputs: [], source: ['1 + 1'] }],
  metadata: { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' } },
  nbformat: 4,
  nbformat_minor: 5,
});

type Json = Readonly<Record<string, unknown>>;

export const startWalk = async (url: string): Promise<Walk> => {
  const cookies = new Map<string, string>();

  const request = (
    who: string | null,
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> =>
    fetch(url + path, {
      method,
      redirect: 'manual',
      headers: {
        ...headers,
        ...(who === null ? {} : { Cookie: cookies.get(who) ?? '' }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  const made = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const answer = await request('owner', method, path, body);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text) as Json;
  };

  for (const person of PEOPLE) {
    await request(null, 'POST', '/local/people', { email: emailOf(person), groups: person.groups });
    const signedIn = await request(null, 'POST', '/local/sign-in', { email: emailOf(person) });
    if (!signedIn.ok) throw new Error(`${person.name} could not sign in: ${await signedIn.text()}`);
    const session = signedIn.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
    cookies.set(person.name, session.join('; '));
  }

  const newSshKey = async (): Promise<string> =>
    String((await made('POST', '/api/ssh-keys', { title: 'Key', key: newPublicKey() }))['id']);

  const newUpload = async (): Promise<string> => {
    const upload = await made('POST', '/api/notebook-uploads', { fileName: 'walk.ipynb', size: NOTEBOOK.length });
    const form = new FormData();
    for (const [name, value] of Object.entries(upload['fields'] as Json)) form.set(name, String(value));
    form.set('file', new Blob([NOTEBOOK]), 'walk.ipynb');
    const stored = await fetch(String(upload['url']), { method: 'POST', body: form });
    if (!stored.ok) throw new Error(`S3 answered ${stored.status}: ${await stored.text()}`);
    return String(upload['uploadId']);
  };

  let count = 0;
  const newSparkJob = async (): Promise<string> => {
    const identifier = `walk-${(count += 1)}`;
    const notebookUploadId = await newUpload();
    const startDate = '2099-01-01T00:00:00Z';
    await made('POST', '/api/spark-jobs', { identifier, description: 'A job', notebookUploadId, startDate });
    await made('PUT', `/api/spark-jobs/${identifier}/grants`, { grants: GRANTS });
    return identifier;
  };

  const newCluster = async (sshKeyId: string): Promise<string> => {
    const { emrRelease } = await made('GET', '/api/clusters/defaults');
    const { id } = await made('POST', '/api/clusters', { identifier: 'walk', sshKeyId, emrRelease });
    await made('PUT', `/api/clusters/${String(id)}/grants`, { grants: GRANTS });
    return String(id);
  };

  const newSession = async (): Promise<string> => {
    await request('owner', 'POST', '/api/sessions', { name: 'walk', emrRelease: '7.13.0' });
    // It has an item whatever became of its launch.
    const { items } = await made('GET', '/api/sessions?status=all');
    const [{ id } = { id: '' }] = items as readonly { readonly id: string }[];
    await made('PUT', `/api/sessions/${id}/grants`, { grants: GRANTS.map(({ to }) => ({ to, level: 'view' })) });
    return id;
  };

  const sshKey = await newSshKey();
  const sparkJob = await newSparkJob();
  const run = String((await made('POST', `/api/spark-jobs/${sparkJob}/run`, {}))['id']);
  const objects = {
    cluster: await newCluster(sshKey),
    session: await newSession(),
    sshKey,
    sparkJob,
    run,
    upload: await newUpload(),
  };

  const NEW: Readonly<Record<EndedKind, () => Promise<string>>> = {
    sshKey: newSshKey,
    sparkJob: newSparkJob,
    cluster: () => newCluster(sshKey),
    session: newSession,
  };

  return {
    objects,
    another: async (kind) => ({ ...objects, [kind]: await NEW[kind]() }),

    pathOf: (path, of, rule) => {
      const isOneOf = (kind: 'sshKey' | 'session') => rule.who === 'by permission' && rule.object === kind;
      const id = (isOneOf('sshKey') && of.sshKey) || (isOneOf('session') && of.session) || of.cluster;
      return path
        .replace('{id}', id)
        .replace('{identifier}', of.sparkJob)
        .replace('{runId}', of.run)
        .replace('{uploadId}', of.upload)
        .replaceAll(/\{\w+\}/g, 'none');
    },

    async call(person, method, path, body) {
      const answer = await request(person?.name ?? null, method, path, body);
      await answer.arrayBuffer();
      return answer.status;
    },

    read: (person, path, etag) =>
      request(person.name, 'GET', path, undefined, etag === null ? {} : { 'If-None-Match': etag }),
  };
};
