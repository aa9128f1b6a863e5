import { describe, expect, it } from 'vitest';

import names from '../../../shared/data/names.json' with { type: 'json' };
import { permissionsOn, permissionsOnSparkJob, requirePermission } from '../../../shared/domain/access.ts';
import { mayFollow } from '../../../shared/domain/engine.ts';
import { IDENTIFIER_PATTERN, suggestedIdentifier } from '../../../shared/domain/identifier.ts';
import { secondsBetween } from '../../../shared/domain/instant.ts';
import { permissionsOf, usernameFor, type Person } from '../../../shared/domain/person.ts';

const alice: Person = { id: 'sub-alice', username: 'alice', email: 'alice@example.com', groups: [] };
const inGroup = (group: string): Person => ({
  id: 'sub-someone',
  username: 'someone',
  email: 'someone@example.com',
  groups: [group],
});

describe('a username', () => {
  it.each([
    ['alice@example.com', 'alice'],
    ['Alice@Example.com', 'alice'],
    ['alice@other.example.com', 'alice@other.example.com'],
    ['alice@notexample.com', 'alice@notexample.com'],
  ])('of %s is %s', (email, username) => {
    expect(usernameFor(email, 'example.com')).toBe(username);
  });

  it('is the whole address of everybody where no domain is the company’s', () => {
    expect(usernameFor('alice@example.com', '')).toBe('alice@example.com');
  });
});

describe('permissions', () => {
  it('give an owner and an admin everything, strangers nothing', () => {
    expect(permissionsOn({ ownerId: 'sub-alice' }, alice)).toEqual(['view', 'manage', 'share']);
    expect(permissionsOn({ ownerId: 'sub-bob' }, inGroup('admins'))).toEqual(['view', 'manage', 'share']);
    expect(permissionsOn({ ownerId: 'sub-bob' }, alice)).toEqual([]);
    expect(permissionsOn({ ownerId: 'sub-bob' }, inGroup('cluster-maintainers'))).toEqual([]);
  });

  it('let job maintainers see every job, and change none', () => {
    expect(permissionsOnSparkJob({ ownerId: 'sub-bob' }, inGroup('job-maintainers'))).toEqual(['view']);
  });

  it('hide what may not be seen, and forbid what may', () => {
    const what = { kind: 'cluster', id: 'x' };
    expect(() => requirePermission('manage', [], what)).toThrow(expect.objectContaining({ name: 'NotFound' }));
    expect(() => requirePermission('manage', ['view'], what)).toThrow(expect.objectContaining({ name: 'Forbidden' }));
    expect(() => requirePermission('manage', ['view', 'manage'], what)).not.toThrow();
  });

  it('are named for the pages', () => {
    expect(permissionsOf(alice)).toEqual([]);
    expect(permissionsOf(inGroup('cluster-maintainers'))).toEqual(['launch-clusters-of-any-size']);
    expect(permissionsOf(inGroup('job-maintainers'))).toEqual(['see-every-spark-job']);
    expect(permissionsOf(inGroup('admins'))).toHaveLength(4);
  });
});

describe('a suggested identifier', () => {
  it('is adjective-scientist-NNNN from any random numbers', () => {
    expect(suggestedIdentifier(names, () => 0)).toMatch(/^admiring-albattani-0000$/);
    const last = suggestedIdentifier(names, () => 0.999_999);
    expect(last).toMatch(/^[a-z]+-[a-z]+-9999$/);
    expect(last).toMatch(IDENTIFIER_PATTERN);
  });

  it('is valid for every word of the lists', () => {
    const valid = [...names.adjectives, ...names.scientists].filter((word) =>
      IDENTIFIER_PATTERN.test(`${word}-x-0001`),
    );
    expect(valid).toHaveLength(names.adjectives.length + names.scientists.length);
  });
});

describe('EMR states', () => {
  it.each([
    ['STARTING', 'RUNNING', true],
    ['RUNNING', 'WAITING', true],
    ['WAITING', 'RUNNING', true],
    ['RUNNING', 'BOOTSTRAPPING', false],
    ['TERMINATING', 'WAITING', false],
    ['TERMINATED', 'RUNNING', false],
    ['TERMINATED', 'TERMINATED_WITH_ERRORS', false],
    ['LAUNCHING', 'TERMINATED_WITH_ERRORS', true],
  ] as const)('go from %s to %s: %s', (from, to, expected) => {
    expect(mayFollow('cluster', from, to)).toBe(expected);
  });
});

it('durations keep their days', () => {
  expect(secondsBetween('2026-01-01T00:00:00.000Z', '2026-01-03T00:00:01.900Z')).toBe(172_801);
});
