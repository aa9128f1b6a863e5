import type { Call } from './caller.ts';
import { uploadNotebook } from './upload-notebook.ts';

/** One of each kind. */
export interface FirstOfEach {
  readonly sshKeyId: string;
  readonly clusterId: string;
  readonly sessionId: string;
  readonly identifier: string;
  readonly runId: string;
}

const made = async (call: Call, path: string, request: object): Promise<Readonly<Record<string, unknown>>> => {
  const { status, body } = await call(path, request);
  if (status !== 201) throw new Error(`${path} answered ${status}: ${JSON.stringify(body)}`);
  return body;
};

/** What somebody begins with: a key, a cluster, a session, a job and its run. Ten minutes pass. */
export const makeFirstOfEach = async (call: Call): Promise<FirstOfEach> => {
  const { id: sshKeyId } = await made(call, '/api/ssh-keys', {
    title: 'The first',
    key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
  });
  const { body: defaults } = await call('/api/clusters/defaults');
  const limits = { size: 1, lifetime: 24, emrRelease: defaults['emrRelease'] };
  const cluster = await made(call, '/api/clusters', { ...limits, identifier: 'first', sshKeyId });
  const session = await made(call, '/api/sessions', { ...limits, name: 'first', idleMinutes: 60 });
  const { identifier } = await made(call, '/api/spark-jobs', {
    identifier: 'first',
    description: 'Greets',
    notebookUploadId: await uploadNotebook(call),
    schedule: { type: 'interval', hours: 720 },
  });
  await call('/local/clock', { advance: 'PT10M' });
  const { body: job } = await call(`/api/spark-jobs/${String(identifier)}`);
  const run = job['latestRun'] as { readonly id: string };
  return {
    sshKeyId: String(sshKeyId),
    clusterId: String(cluster['id']),
    sessionId: String(session['id']),
    identifier: String(identifier),
    runId: run.id,
  };
};
