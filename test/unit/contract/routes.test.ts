import { describe, expect, it } from 'vitest';
import * as z from 'zod';

import { routes, type Route } from '../../../shared/contract/api.ts';
import { launchClusterBody } from '../../../shared/contract/routes/clusters.ts';
import { parseExactJson } from '../../../shared/domain/exact-json.ts';
import { RESERVED_JOB_IDENTIFIERS } from '../../../shared/domain/identifier.ts';
import { createSparkJobBody } from '../../../shared/contract/spark-job.ts';

const all: Route[] = Object.values(routes);

describe('the route table', () => {
  it('has each method and path once', () => {
    const keys = all.map(({ method, path }) => `${method} ${path}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('leaves nothing under /api open but the contract itself, reports of browsers, and what a run shows its secret to', () => {
    const open = all
      .filter(({ path, access }) => path.startsWith('/api/') && access === 'anyone')
      .map(({ path }) => path);
    expect(open.toSorted()).toEqual([
      '/api/browser-errors',
      '/api/csp-reports',
      '/api/openapi.json',
      '/api/run-credentials',
    ]);
  });

  it('keeps answers that open something out of every cache', () => {
    const secret = Object.entries<Route>(routes).filter(([, { isSecret }]) => isSecret === true);
    expect(secret.map(([name]) => name).toSorted()).toEqual([
      'connectCluster',
      'connectSession',
      'issueRunCredentials',
      'openClusterSparkUi',
      'openRunSparkUi',
      'openSessionSparkUi',
    ]);
  });

  it('gives every list a limit and a cursor', () => {
    const lists = all.filter(
      ({ response }) =>
        response !== undefined &&
        'shape' in response &&
        typeof response.shape === 'object' &&
        response.shape !== null &&
        'cursor' in response.shape,
    );
    expect(lists.length).toBeGreaterThan(4);
    for (const { query } of lists)
      expect(Object.keys(query?.shape ?? {})).toEqual(expect.arrayContaining(['limit', 'cursor']));
  });
});

describe('X-ATMO-Modified-Date', () => {
  const DATES: ReadonlySet<string> = new Set(['modifiedAt', 'changedAt', 'deletedAt', 'lastModified']);

  /** Field names of a list and its items; null where a route answers no list. */
  const itemFields = ({ response }: Route): readonly string[] | null => {
    const own = response instanceof z.ZodObject ? response.shape : {};
    const list: unknown = own['items'];
    if (!(list instanceof z.ZodArray && list.element instanceof z.ZodObject)) return null;
    return [...Object.keys(own), ...Object.keys(list.element.shape)];
  };

  it('can be told of every list of what changes', () => {
    const undated = Object.entries<Route>(routes).filter(
      ([, route]) => itemFields(route)?.some((name) => DATES.has(name)) === false,
    );
    expect(undated.map(([name]) => name).toSorted()).toEqual([
      // A look-up while typing.
      'findPeople',
      // Of a build.
      'getNews',
      // Sums.
      'getUsage',
      // What was done does not change.
      'listAudit',
    ]);
  });
});

describe('reserved identifiers of Spark jobs', () => {
  it('are exactly the words that the table has in their place', () => {
    const words = all.flatMap(({ path }) => /^\/api\/spark-jobs\/([a-z-]+)$/.exec(path)?.[1] ?? []);
    expect(new Set(RESERVED_JOB_IDENTIFIERS)).toEqual(new Set(words));
  });
});

describe('the body of a launch', () => {
  const body = { identifier: 'brave-curie-0001', size: 1, lifetime: 8, sshKeyId: 'k', emrRelease: '7.10.0' };

  it('takes a whole request, and fills in the defaults', () => {
    expect(launchClusterBody.parse({ ...body, idleHours: 3 })).toEqual({ ...body, idleHours: 3 });
    expect(launchClusterBody.parse({ ...body, idleHours: null })).toEqual({ ...body, idleHours: null });
    expect(launchClusterBody.parse({ identifier: 'a', sshKeyId: 'k', emrRelease: '7.10.0' })).toMatchObject({
      size: 1,
      idleHours: null,
    });
  });

  it.each([
    ['emrRelease', '6.15.0', /too old/],
    ['emrRelease', 'latest', /for example 7\.13\.0/],
    ['identifier', 'Upper', /lower-case/],
    ['identifier', '', /lower-case/],
    ['identifier', 'a'.repeat(101), /1 to 100/],
    ['identifier', 'line\nbreak', /lower-case/],
    ['size', 0, /at least 1/],
    ['size', 1.5, /whole number/],
    ['size', '3', /whole number/],
    ['lifetime', 1, /at least 2\.$/],
    ['lifetime', null, /at least 2\.$/],
    ['lifetime', 1e20, /smaller whole number/],
    ['idleHours', 0, /at least 1\.$/],
    ['emrRelease', 'emr-7', /of its label/],
    ['sshKeyId', '', /SSH key/],
    ['colour', 'red', /unrecognized/i],
  ])('refuses %s = %j', (field, value, message) => {
    const result = launchClusterBody.safeParse({ ...body, [field]: value });
    expect(result.success).toBe(false);
    const issue = result.error?.issues[0];
    expect(issue?.message).toMatch(message);
    expect(issue?.code === 'unrecognized_keys' ? issue.keys : issue?.path).toContain(field);
  });
});

describe('the body of a Spark job', () => {
  const body = { identifier: 'daily', description: 'Counts', notebookUploadId: 'u', emrRelease: '7.10.0' };

  it('defaults to a weekly private job of one node', () => {
    expect(createSparkJobBody.parse(body)).toMatchObject({
      size: 1,
      resultVisibility: 'private',
      isEnabled: true,
      parameters: {},
      schedule: { type: 'interval', hours: 168 },
    });
  });

  it('takes parameters as an object or as a list, and answers an object', () => {
    const listed = createSparkJobBody.parse({ ...body, parameters: [{ name: 'country', value: 'DE' }] });
    expect(listed.parameters).toEqual({ country: 'DE' });
    expect(createSparkJobBody.parse({ ...body, parameters: { days: [1, 2], deep: { a: null } } }).parameters).toEqual({
      days: [1, 2],
      deep: { a: null },
    });
  });

  it.each(['class', 'None', '__proto__', '__debug__', 'x y', '1a', ''])(
    'names the parameter that cannot be: %j',
    (name) => {
      for (const parameters of [
        JSON.parse(`{${JSON.stringify(name)}: 1, "fine": 2}`) as object,
        [
          { name: 'fine', value: 2 },
          { name, value: 1 },
        ],
      ])
        expect(createSparkJobBody.safeParse({ ...body, parameters }).error?.issues).toMatchObject([
          { path: ['parameters', name], message: expect.stringMatching(/reserved|rules of Python variables/) },
        ]);
    },
  );

  it('takes every value of a parameter as it is', () => {
    const text = '{"big":9223372036854775807,"rate":1.0,"deep":{"__proto__":[1e400,-0],"empty":""}}';
    const { parameters } = createSparkJobBody.parse({ ...body, parameters: parseExactJson(text) });
    expect(JSON.stringify(parameters)).toBe(text);
  });

  it.each([1, 'x', null, [['a', 1]], [{ name: 'a' }], [{ name: 'a', value: 1, more: 1 }], [{ name: 1, value: 1 }]])(
    'refuses parameters that are no names and values: %j',
    (parameters) => {
      expect(createSparkJobBody.safeParse({ ...body, parameters }).error?.issues).toMatchObject([
        { path: ['parameters'], message: expect.stringMatching(/names and values/) },
      ]);
    },
  );

  const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as unknown;

  it.each([
    ['an object', (levels: number) => ({ deep: nested(levels) })],
    ['a list', (levels: number) => [{ name: 'deep', value: nested(levels) }]],
  ])('takes parameters nested ten deep, and names what is deeper, in %s', (_form, parametersOf) => {
    expect(createSparkJobBody.safeParse({ ...body, parameters: parametersOf(10) }).success).toBe(true);
    for (const levels of [11, 20_000])
      expect(createSparkJobBody.safeParse({ ...body, parameters: parametersOf(levels) }).error?.issues).toMatchObject([
        { path: ['parameters', 'deep'], message: expect.stringMatching(/at most 10 levels deep/) },
      ]);
  });

  it('limits parameters by their bytes', () => {
    const sized = (value: string) => createSparkJobBody.safeParse({ ...body, parameters: { a: value } }).success;
    expect(sized('é'.repeat(15_990))).toBe(true);
    expect(sized('é'.repeat(16_000))).toBe(false);
  });

  it('turns any zone of a time into UTC', () => {
    expect(createSparkJobBody.parse({ ...body, startDate: '2026-12-01T08:00:00+02:00' }).startDate).toBe(
      '2026-12-01T06:00:00.000Z',
    );
  });

  it.each([
    ['identifier', 'defaults', 'identifier'],
    ['identifier', 'identifier-available', 'identifier'],
    ['description', ' ', 'description'],
    ['schedule', { type: 'interval', hours: 23 }, 'schedule.hours'],
    ['schedule', { type: 'cron', expression: '0 6 * * * *', timeZone: 'UTC' }, 'schedule.expression'],
    ['schedule', { type: 'cron', expression: '0 6 * * ? *', timeZone: 'Mars/Olympus' }, 'schedule.timeZone'],
    ['schedule', { type: 'cron', expression: '0 6 * * ? *', timeZone: 'europe/berlin' }, 'schedule.timeZone'],
    ['schedule', 'daily', 'schedule'],
    ['size', 0, 'size'],
    ['timeout', 0, 'timeout'],
    ['parameters', { 'not a name': 1 }, 'parameters'],
    [
      'parameters',
      [
        { name: 'a', value: 1 },
        { name: 'a', value: 2 },
      ],
      'parameters',
    ],
    ['resultVisibility', 'secret', 'resultVisibility'],
    ['startDate', 'tomorrow', 'startDate'],
    ['isEnabled', 'yes', 'isEnabled'],
  ])('refuses %s = %j', (field, value, path) => {
    const result = createSparkJobBody.safeParse({ ...body, [field]: value });
    expect(result.error?.issues.map((issue) => issue.path.join('.'))).toContainEqual(
      expect.stringMatching(new RegExp(`^${path}`)),
    );
  });
});
