import { beforeEach, describe, expect, it, vi } from 'vitest';

import { logger } from '../../../functions/runtime/logger.ts';
import { routes, type RouteName } from '../../../shared/contract/api.ts';
import { AwsFailed } from '../../../shared/domain/errors.ts';
import { AUDITED_ROUTES, auditedWorld, BULK_ROUTES } from './audited-routes.ts';

/** Methods of ports that change nothing. One that is not here counts as a change. */
const READS = new Set(
  [
    'active all describe find findByEmrId findIn get heldBy isGroup isIdentifierTaken list listAfter look newest of on',
    'readUpload withAddress withUsername',
  ].flatMap((names) => names.split(' ')),
);

type Method = (...values: unknown[]) => unknown;

/** Has the port's methods note their calls, in place: use cases hold the port already. */
const observe = (name: string, port: object, log: string[]): void => {
  const methods = port as Record<string, unknown>;
  for (const [key, method] of Object.entries(port)) {
    if (typeof method !== 'function' || READS.has(key)) continue;
    methods[key] = (...values: unknown[]) => {
      log.push(`${name}.${key}`);
      return (method as Method).apply(port, values);
    };
  }
};

const observedWorld = async () => {
  const world = await auditedWorld();
  const log: string[] = [];
  for (const [name, port] of Object.entries(world.ports)) observe(name, port, log);
  const { record } = world.audit;
  world.audit.record = async (entry) => {
    await record.call(world.audit, entry);
    log.push(`audit ${entry.action}`);
  };
  return { ...world, log };
};

const CHANGING = (Object.keys(routes) as RouteName[]).filter((name) => routes[name].method !== 'GET');
const BULK = Object.entries(BULK_ROUTES).map(([name, { action, call }]) => ({ name, action, call }));
const AUDITED = Object.entries(AUDITED_ROUTES).flatMap(([name, rule]) => ('action' in rule ? [{ name, ...rule }] : []));
const ALL = [...AUDITED, ...BULK];

beforeEach(() => {
  vi.spyOn(logger, 'warn').mockReturnValue(undefined);
  vi.spyOn(logger, 'error').mockReturnValue(undefined);
});

describe('every route that is no GET', () => {
  it('has a rule of what it records', () => {
    expect(Object.keys({ ...AUDITED_ROUTES, ...BULK_ROUTES }).toSorted()).toEqual(CHANGING.toSorted());
  });

  it.each(ALL)('$name records $action before anything is changed', async ({ action, call }) => {
    const { deps, log, audit } = await observedWorld();
    await call(deps);
    expect(log[0]).toBe(`audit ${action}`);
    expect(log.length).toBeGreaterThan(1);
    expect(audit.entries).toHaveLength(1);
    const [entry] = audit.entries;
    expect(entry).toMatchObject({ sourceIp: '203.0.113.9', actor: expect.stringMatching(/^(alice|admin)$/) });
  });

  it.each(AUDITED)('$name changes nothing where the entry cannot be written', async ({ call }) => {
    const { deps, log, audit } = await observedWorld();
    audit.failure = new AwsFailed('DynamoDB did not take the entry.');
    await expect(call(deps)).rejects.toBe(audit.failure);
    expect(log).toEqual([]);
  });

  it.each(BULK)('$name changes nothing and says so where an entry cannot be written', async ({ call }) => {
    const { deps, log, audit } = await observedWorld();
    audit.failure = new AwsFailed('DynamoDB did not take the entry.');
    expect(await call(deps)).toMatchObject({ results: [{ ok: false, problem: { status: 502 } }] });
    expect(log).toEqual([]);
  });

  it.each(ALL)('$name records no key and no value of a parameter', async ({ call }) => {
    const { deps, audit } = await observedWorld();
    await call(deps);
    const text = JSON.stringify(audit.entries);
    expect(text).not.toMatch(/AAAA|hidden|secret/i);
  });
});
