import { describe, expect, it } from 'vitest';

import { routes } from '../../../shared/contract/api.ts';
import { openApiDocument } from '../../../shared/contract/open-api-document.ts';
import { apiDescription } from '../../../functions/portal/api-description.ts';
import { crumbsOf } from '../../../web/components/breadcrumb.tsx';
import { readOpenApi } from '../../../web/features/api-reference/read-open-api.ts';
import { LIVE_INTERVAL, restInterval } from '../../../web/lib/poll-interval.ts';
import { helpFor } from '../../../web/app/help-texts.ts';

describe('the pages above a page', () => {
  it('are its section and what it belongs to, each once', () => {
    const parent = { text: 'daily', to: '/spark-jobs/daily' };
    const names = (pathname: string, above?: typeof parent) => crumbsOf(pathname, above).map(({ text }) => text);
    expect(names('/clusters')).toEqual([]);
    expect(names('/clusters/c1', { text: 'Clusters', to: '/clusters' })).toEqual(['Clusters']);
    expect(names('/new/spark-job')).toEqual(['Spark jobs']);
    expect(names('/spark-jobs/daily/runs/r1', parent)).toEqual(['Spark jobs', 'daily']);
    expect(names('/usage')).toEqual([]);
  });
});

describe('help', () => {
  it.each([
    ['/', 'Dashboard'],
    ['/clusters/c1', 'A cluster'],
    ['/spark-jobs/a/edit', 'Edit a Spark job'],
    ['/spark-jobs/a/runs/r1', 'A run'],
    ['/ssh-keys/k1', 'SSH keys'],
    ['/admin/people', 'Administration'],
    ['/news', 'Help'],
  ])('of %s is about it', (pathname, title) => {
    expect(helpFor(pathname).title).toBe(title);
  });
});

describe('polling', () => {
  it('slows down while an answer stays the same, and starts anew with another one', () => {
    const minutes = (count: number) => count * 60_000;
    const answer = {};
    expect(restInterval(answer, 0)).toBe(10_000);
    expect(restInterval(answer, minutes(2))).toBe(30_000);
    expect(restInterval(answer, minutes(60))).toBe(120_000);
    expect(restInterval({}, minutes(60))).toBe(10_000);
    expect(LIVE_INTERVAL).toBe(2000);
  });
});

describe('the API reference', () => {
  const settings = { version: '2026.11.0', publicUrl: 'https://atmo.example.com', sessionCookie: 'session' };

  it('has every route of the contract, with its parameters, body and answer', () => {
    const groups = readOpenApi(openApiDocument(apiDescription(), settings));
    const operations = [...groups.values()].flat();
    expect(operations.map(({ id }) => id).toSorted()).toEqual(Object.keys(routes).toSorted());
    expect(operations.find(({ id }) => id === 'extendCluster')).toMatchObject({
      method: 'POST',
      path: '/api/clusters/{id}/extend',
      isForAdmins: false,
      status: '200',
      parameters: [{ name: 'id', in: 'path', isRequired: true }],
      request: expect.stringContaining('"hours"') as string,
      answer: expect.stringContaining('"masterAddress"') as string,
    });
    expect(operations.find(({ id }) => id === 'getOverview')?.isForAdmins).toBe(true);
    for (const { request, answer } of operations) expect(`${request} ${answer}`).not.toContain('"$ref"');
  });

  it('survives a schema that refers to itself', () => {
    const node = { type: 'object', properties: { next: { $ref: '#/components/schemas/Node' } } };
    const operation = {
      operationId: 'a',
      tags: ['x'],
      responses: { 200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Node' } } } } },
    };
    const groups = readOpenApi({ paths: { '/a': { get: operation } }, components: { schemas: { Node: node } } });
    expect(groups.get('x')?.[0]?.answer).toContain('#/components/schemas/Node');
  });
});
