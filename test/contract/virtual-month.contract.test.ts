import { expect, it } from 'vitest';

import { daysOfMonth } from '../../shared/domain/month.ts';
import { sumOf, sumOfDays } from '../../shared/domain/usage-report.ts';
import { sparkJob } from '../fakes/spark-job.ts';
import { START } from '../local/emr/rig.ts';
import { billOfEmr } from './bill-of-emr.ts';
import { monthWorld } from './month-world.ts';

const PEOPLE = Array.from({ length: 20 }, (_, n) => `person-${String(n + 1).padStart(2, '0')}`);
const callerOf = (username: string) => ({
  id: `sub-${username}`,
  username,
  email: `${username}@example.com`,
  groups: ['analysts'],
  request: { sourceIp: '203.0.113.9', requestId: 'r' },
});

/** The same month with every run of the test. */
const dice = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

const jobOf = (owner: string, n: number) =>
  sparkJob({
    id: `job-${n}`,
    identifier: `nightly-${n}`,
    owner,
    ownerId: `sub-${owner}`,
    ownerEmail: `${owner}@example.com`,
    size: 1 + (n % 3),
    startDate: '2026-03-01T00:00:00.000Z',
    schedule: { type: 'interval', hours: 24 },
  });

/** From 2 March 10:00 to the morning of 1 April, with clusters that run over the end of the month. */
const HOURS = 30 * 24;

it('costs each of twenty people in a month what EMR’s own records say, to the cent: as usage, and in their budgets', async () => {
  const jobs = PEOPLE.slice(0, 10).map(jobOf);
  const world = await monthWorld(PEOPLE, jobs);
  const roll = dice(20_260_302);
  const running = new Map<string, string>();
  const now = () => new Date(Date.now()).toISOString();

  const actOf = async (name: string): Promise<void> => {
    const caller = callerOf(name);
    const id = running.get(name);
    if (id === undefined) {
      const size = 1 + roll(4);
      const request = {
        identifier: 'analysis',
        size,
        lifetime: 2 + roll(11),
        sshKeyId: `key-${name}`,
        emrRelease: '7.10.0',
      };
      const { id: launched } = await world.launch({ ...request, idleHours: roll(3) === 0 ? 1 : 12 }, caller);
      running.set(name, launched);
      return;
    }
    const { isActive } = await world.clusters
      .get(id)
      .then(({ workload }) => ({ isActive: workload.finishedAt === null }));
    if (!isActive) running.delete(name);
    else if (roll(2) === 0) await world.extend({ id, hours: 2 }, caller).catch(() => undefined);
    else await world.terminate({ id }, caller).catch(() => undefined);
  };

  for (let hour = 0; hour < HOURS; hour += 1) {
    await world.rig.advance(roll(1800));
    for (const name of PEOPLE) if (roll(14) === 0) await actOf(name);
    for (const [n, { id, identifier }] of jobs.entries())
      if (hour % 24 === n + 3)
        await world.provision({
          request: { jobId: id, identifier, trigger: 'schedule', occurrence: now(), parameters: null },
          executionId: `e-${n}-${hour}`,
        });
    await world.rig.advance(START / 1000 + (hour + 1) * 3600 - Date.now() / 1000);
    await world.deliver();
    if (hour % 2 === 1) await world.upkeep();
    if (hour % 24 === 18) await world.sumUp();
  }
  // Nothing is launched any more, until all has ended.
  for (let hour = 0; hour < 36; hour += 1) {
    await world.rig.advance(3600);
    await world.deliver();
    await world.upkeep();
  }

  await world.sumUp();
  await world.rig.advance(3600);

  const bill = await billOfEmr(world.rig.client);
  expect(world.rig.emr.clusters().length).toBeGreaterThan(600);
  expect([...bill.keys()].filter((key) => key.endsWith('2026-03'))).toHaveLength(20);
  expect([...bill.keys()].some((key) => key.endsWith('2026-04'))).toBe(true);
  for (const month of ['2026-03', '2026-04']) {
    let everybody = 0;
    const summed = await world.summedUsage(...daysOfMonth(month));
    // All of March is read from its sums, from the first use on.
    if (month === '2026-03') expect(summed.open).toEqual([['2026-03-01', '2026-03-01']]);
    for (const name of PEOPLE) {
      const billed = bill.get(`${name}@example.com ${month}`) ?? 0;
      const used = sumOf(await world.usage.ofPerson(`sub-${name}`, ...daysOfMonth(month))).cost;
      expect(used, `${name}, usage of ${month}`).toBeCloseTo(billed, 2);
      expect(await world.used(`sub-${name}`, month), `${name}, budget of ${month}`).toBeCloseTo(used, 5);
      expect(sumOfDays(await summed.ofPerson(`sub-${name}`)).cost, `${name}, summed up`).toBe(used);
      everybody += used;
    }
    expect((await world.budgetAccounts.get('everyone')).used[month]).toBeCloseTo(everybody, 4);
  }
  expect((await world.budgetAccounts.ofPeople()).flatMap(({ holds }) => holds)).toEqual([]);
}, 240_000);
