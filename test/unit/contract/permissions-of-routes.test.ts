import { describe, expect, it } from 'vitest';

import { routes, type Route, type RouteName } from '../../../shared/contract/api.ts';
import { expectedAnswer } from '../../permissions/expected-answers.ts';
import { PEOPLE } from '../../permissions/people.ts';
import { RULES } from '../../permissions/rules.ts';

const NAMES = Object.keys(routes) as RouteName[];
const ACCESS = {
  anyone: 'anyone',
  'everyone signed in': 'signed-in',
  admins: 'admin',
  'their own': 'signed-in',
  'by permission': 'signed-in',
} as const;

const HEADINGS = ['no session', ...PEOPLE.map(({ name }) => name)];

const table = (): string => {
  const rows = NAMES.map((name) => {
    const { method, path }: Route = routes[name];
    const answers = [null, ...PEOPLE].map((person) => expectedAnswer(RULES[name], person));
    return { route: `${method} ${path}`, answers };
  }).toSorted((a, b) => (a.route.replace(/^\w+ /, '') < b.route.replace(/^\w+ /, '') ? -1 : 1));
  const width = Math.max(...rows.map(({ route }) => route.length));
  const line = (first: string, cells: readonly string[]): string =>
    `${first.padEnd(width)}  ${cells.map((cell, at) => cell.padEnd(HEADINGS[at]?.length ?? 0)).join('  ')}`.trimEnd();
  return `${[line('', HEADINGS), ...rows.map(({ route, answers }) => line(route, answers))].join('\n')}\n`;
};

describe('the rules of routes', () => {
  it('are one for each route', () => {
    expect(Object.keys(RULES).toSorted()).toEqual(NAMES.toSorted());
  });

  it.each(NAMES)('say the same as the contract who may call %s at all', (name) => {
    expect(routes[name].access).toBe(ACCESS[RULES[name].who]);
  });

  it.each(NAMES)('have a body for %s where it takes one before permissions are asked', (name) => {
    const { body }: Route = routes[name];
    const rule = RULES[name];
    if (rule.who !== 'by permission') return;
    const sent = rule.body?.({ grants: [] });
    if (body === undefined) expect(sent).toBeUndefined();
    else expect(body.safeParse(sent).success).toBe(true);
  });

  it('answer people as the reviewed table says', async () => {
    await expect(table()).toMatchFileSnapshot('permissions-of-routes.txt');
  });
});
