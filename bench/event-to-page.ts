import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import type { Call } from '../test/local/caller.ts';
import { LIVE_INTERVAL } from '../web/lib/poll-interval.ts';
import { median } from './median.ts';
import { must, usePortal } from './portal.ts';
import type { Table } from './results.ts';

const CLUSTERS = 10;
const KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl bench';
const GATE_MS = 2500;
/** Between two looks. */
const LOOK_MS = 5;

interface Lag {
  /** Milliseconds from EMR's change of state until the API has answered with it. */
  readonly event: number;
  /** Of them, those that the answer itself took. */
  readonly answer: number;
}

const stateInEmr = async (call: Call, emrId: string): Promise<string | undefined> => {
  const clusters = (await call('/local/emr/clusters')).body as unknown as readonly { id: string; state: string }[];
  return clusters.find(({ id }) => id === emrId)?.state;
};

/** @param emrId of a cluster that comes into the state by itself, with an event */
const lagOf = async (call: Call, path: string, emrId: string, state: string): Promise<Lag> => {
  while ((await stateInEmr(call, emrId)) !== state) await setTimeout(LOOK_MS);
  const changed = performance.now();
  for (;;) {
    const asked = performance.now();
    const { status } = await must(200, call(path));
    const answered = performance.now();
    if (status === state) return { event: answered - changed, answer: answered - asked };
    await setTimeout(LOOK_MS);
  }
};

const lagsOfCluster = async (call: Call, identifier: string, settings: object): Promise<readonly Lag[]> => {
  const { id } = await must(201, call('/api/clusters', { identifier, size: 1, lifetime: 2, ...settings }));
  const path = `/api/clusters/${String(id)}`;
  const emrId = String((await must(200, call(path)))['jobflowId']);
  const ready = await lagOf(call, path, emrId, 'WAITING');
  await must(202, call(`${path}/terminate`, {}));
  return [ready, await lagOf(call, path, emrId, 'TERMINATED')];
};

/** How long a page shows a cluster's state when EMR has another one. */
export const eventToPageTable = async (directory: string): Promise<Table> => {
  const lags = await usePortal(join(directory, 'events'), async ({ call }) => {
    const { id: sshKeyId } = await must(201, call('/api/ssh-keys', { title: 'Bench', key: KEY }));
    const { emrRelease } = await must(200, call('/api/clusters/defaults'));
    const all: Lag[] = [];
    for (let count = 0; count < CLUSTERS; count += 1) {
      all.push(...(await lagsOfCluster(call, `bench-${count}`, { sshKeyId, emrRelease })));
      // The launches of EMR's own limit come back one every two seconds.
      await must(200, call('/local/clock', { advance: 'PT1M' }));
    }
    return all;
  });
  const events = lags.map(({ event }) => event);
  const answer = median(lags.map((lag) => lag.answer));
  // The page asked just before, has its answer, waits, and asks again.
  const worst = Math.max(...events) + answer + LIVE_INTERVAL;
  return {
    title: "From EMR's event to the page",
    explanation:
      `Milliseconds from the local EMR's change of state until \`GET /api/clusters/{id}\` has answered with it, over ${events.length} changes, an answer, ` +
      `and the ${LIVE_INTERVAL} ms that an open page waits between two answers. The gate of the worst is ${GATE_MS} ms.`,
    rows: [
      {
        'to the API, median': median(events).toFixed(0),
        'to the API, worst': Math.max(...events).toFixed(0),
        'an answer': answer.toFixed(0),
        'to the page, median': (median(events) + LIVE_INTERVAL / 2).toFixed(0),
        'to the page, worst': worst.toFixed(0),
      },
    ],
    passed: worst > GATE_MS ? [`The page shows EMR's state ${worst.toFixed(0)} ms late, more than ${GATE_MS}.`] : [],
  };
};
