import { describe, expect, it } from 'vitest';

import names from '../../../shared/data/names.json' with { type: 'json' };
import { mayFollow } from '../../../shared/domain/engine.ts';
import { IDENTIFIER_PATTERN, suggestedIdentifier } from '../../../shared/domain/identifier.ts';
import { plusHours, plusMinutes, secondsBetween, toInstant, wholeSecond } from '../../../shared/domain/instant.ts';
import { parameterNameProblem } from '../../../shared/domain/parameter-name.ts';
import { permissionsOf, usernameFor, type Person } from '../../../shared/domain/person.ts';
import { isProduction } from '../../../shared/domain/stage.ts';

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
    ['  alice@example.com\n', 'alice'],
    ['@example.com', '@example.com'],
  ])('of %s is %s', (email, username) => {
    expect(usernameFor(email, 'example.com')).toBe(username);
  });

  it('is the same for a domain in capitals', () => {
    expect(usernameFor('alice@example.com', 'Example.COM')).toBe('alice');
  });

  it('is the whole address of everybody where no domain is the company’s', () => {
    expect(usernameFor('alice@example.com', '')).toBe('alice@example.com');
  });
});

describe('permissions anywhere', () => {
  it('are named for the pages', () => {
    expect(permissionsOf(alice)).toEqual([]);
    expect(permissionsOf(inGroup('cluster-maintainers'))).toEqual(['launch-clusters-of-any-size']);
    expect(permissionsOf(inGroup('job-maintainers'))).toEqual(['see-every-spark-job']);
    expect(permissionsOf(inGroup('admins')).toSorted()).toEqual([
      'administer',
      'launch-clusters-of-any-size',
      'see-every-cluster',
      'see-every-spark-job',
    ]);
  });
});

describe('a suggested identifier', () => {
  it('is adjective-scientist-NNNN from any random numbers', () => {
    expect(suggestedIdentifier(names, () => 0)).toMatch(/^admiring-albattani-0000$/);
    const last = suggestedIdentifier(names, () => 0.999_999);
    expect(last).toBe(`${names.adjectives.at(-1)}-${names.scientists.at(-1)}-9999`);
    expect(last).toMatch(IDENTIFIER_PATTERN);
  });

  it('is valid for every word of the lists', () => {
    const valid = [...names.adjectives, ...names.scientists].filter((word) =>
      IDENTIFIER_PATTERN.test(`${word}-x-0001`),
    );
    expect(valid).toHaveLength(names.adjectives.length + names.scientists.length);
  });

  it('needs no words', () => {
    expect(suggestedIdentifier({ adjectives: [], scientists: [] }, () => 0)).toBe('spark-spark-0000');
  });

  it('has the letters and digits of its words alone', () => {
    const words = { adjectives: ['Self-assured'], scientists: ['O’Neill II'] };
    expect(suggestedIdentifier(words, () => 0.5)).toBe('selfassured-oneillii-5000');
  });
});

describe('an identifier', () => {
  it.each(['a', '0', '-', 'daily-report-2', 'x'.repeat(100)])('may be %s', (identifier) => {
    expect(identifier).toMatch(IDENTIFIER_PATTERN);
  });

  it.each(['', 'x'.repeat(101), 'Daily', 'a_b', 'a b', 'ä', 'a\nb', 'a/b'])('may not be %j', (identifier) => {
    expect(identifier).not.toMatch(IDENTIFIER_PATTERN);
  });
});

describe('the name of a parameter', () => {
  it.each(['x', '_', 'X_1', 'print', 'x'.repeat(100)])('may be %s', (name) => {
    expect(parameterNameProblem(name)).toBeNull();
  });

  it.each(['', '1x', 'a-b', 'a b', 'é', 'x\n', 'x'.repeat(101)])(
    'is like that of a Python variable, not %j',
    (name) => {
      expect(parameterNameProblem(name)).toBe(
        'Parameter names follow the rules of Python variables: letters, digits and underscores, not starting with a digit.',
      );
    },
  );

  it.each(['class', 'None', 'yield', '__debug__', '__proto__'])('is not the reserved %s', (name) => {
    expect(parameterNameProblem(name)).toBe(
      `${name} is reserved and cannot be the name of a parameter. Choose another name.`,
    );
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
    ['RUNNING', 'RUNNING', false],
    ['TERMINATED', 'TERMINATED', false],
    ['LAUNCHING', 'TERMINATED_WITH_ERRORS', true],
  ] as const)('go from %s to %s: %s', (from, to, expected) => {
    expect(mayFollow('cluster', from, to)).toBe(expected);
  });
});

describe('instants', () => {
  const NEW_YEAR = '2026-01-01T00:00:00.000Z';

  it('are whole seconds apart, days included, and never fewer than none', () => {
    expect(secondsBetween(NEW_YEAR, '2026-01-03T00:00:01.900Z')).toBe(172_801);
    expect(secondsBetween('2026-01-03T00:00:01.900Z', NEW_YEAR)).toBe(0);
  });

  it('move on by hours and minutes, and back', () => {
    expect(plusHours(NEW_YEAR, 25)).toBe('2026-01-02T01:00:00.000Z');
    expect(plusMinutes(NEW_YEAR, -1)).toBe('2025-12-31T23:59:00.000Z');
  });

  it('are text in UTC, of a date or of milliseconds', () => {
    expect(toInstant(new Date('2026-01-01T01:00:00+01:00'))).toBe(NEW_YEAR);
    expect(toInstant(Date.parse(NEW_YEAR))).toBe(NEW_YEAR);
  });

  it('are cut to the second that they are in', () => {
    expect(wholeSecond('2026-01-01T00:00:59.999Z')).toBe('2026-01-01T00:00:59.000Z');
  });
});

it('the stage called prod is the one that people rely on, and no other', () => {
  expect(['prod', 'production', 'dev', ''].filter(isProduction)).toEqual(['prod']);
});
