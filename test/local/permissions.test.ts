import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { routes, type Route, type RouteName } from '../../shared/contract/api.ts';
import { putBuilds } from '../builds/builds.ts';
import { expectedAnswer, type Answer } from '../permissions/expected-answers.ts';
import { GRANTS, PEOPLE, type WalkPerson } from '../permissions/people.ts';
import { RULES, type Rule } from '../permissions/rules.ts';
import { startWalk, type Walk } from '../permissions/walk.ts';
import { startStackProcess, type StackProcess } from './stack-process.ts';

/** Synthesis and pages are built on the way; a busy machine takes its time. */
const MINUTES = 60_000;

const NAMES = Object.keys(routes) as RouteName[];

const answerOf = (rule: Rule, status: number): Answer | '500' => {
  if (status === 500) return '500';
  if (status === 401 || status === 403) return `${status}`;
  // Where a rule is about an object, 404 hides it; elsewhere it says that what the walk made up does not exist.
  const hides = rule.who === 'by permission' || rule.who === 'their own';
  return status === 404 && hides ? '404' : 'yes';
};

describe('the routes of the running portal', { timeout: 3 * MINUTES }, () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'atmo-permissions-'));
  let stack: StackProcess;
  let walk: Walk;

  beforeAll(async () => {
    await putBuilds(directory);
    stack = await startStackProcess(directory);
    walk = await startWalk(stack.url);
  }, 3 * MINUTES);
  afterAll(async () => {
    await stack.end();
    rmSync(directory, { recursive: true });
  });

  const callers = (rule: Rule): readonly (WalkPerson | null)[] => (rule.who === 'anyone' ? [null] : [null, ...PEOPLE]);

  it.each(NAMES)('answer %s as its rule says', async (name) => {
    const route: Route = routes[name];
    const rule = RULES[name];
    const answers: Record<string, Answer | '500'> = {};
    const expected: Record<string, Answer> = {};
    for (const person of callers(rule)) {
      const who = person?.name ?? 'no session';
      expected[who] = expectedAnswer(rule, person);
      const isEnding = rule.who === 'by permission' && rule.endsIt === true && expected[who] === 'yes';
      const objects = isEnding ? await walk.another(rule.object) : walk.objects;
      const sent = rule.who === 'by permission' ? rule.body?.({ grants: GRANTS }) : undefined;
      const status = await walk.call(person, route.method, walk.pathOf(route.path, objects, rule), sent);
      answers[who] = answerOf(rule, status);
    }
    expect(answers).toEqual(expected);
  });
});
