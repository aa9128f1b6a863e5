import http from 'node:http';

import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { asyncInvoker } from '../../local/async-invoke.ts';
import { eventBus } from '../../local/events/event-bus.ts';
import { matchesPattern, type EventPattern } from '../../local/events/event-pattern.ts';
import { eventBridgeApi } from '../../local/events/event-bridge-api.ts';
import { listen } from '../../local/server.ts';
import { credentials, region } from './client-options.ts';

const event = {
  source: 'aws.emr',
  'detail-type': 'EMR Cluster State Change',
  detail: { name: 'atmo-dev-cluster-alice-one', state: 'TERMINATED', severity: 3, tags: ['a', 'b'], note: null },
};

describe('an event pattern', () => {
  it.each<[boolean, EventPattern]>([
    [true, { source: ['aws.emr'] }],
    [false, { source: ['aws.ec2'] }],
    [true, { source: ['aws.ec2', 'aws.emr'], detail: { state: ['TERMINATED', 'WAITING'] } }],
    [false, { source: ['aws.emr'], detail: { state: ['WAITING'] } }],
    [true, { detail: { name: [{ prefix: 'atmo-dev-' }] } }],
    [false, { detail: { name: [{ prefix: 'atmo-prod-' }] } }],
    [true, { detail: { name: [{ suffix: '-one' }] } }],
    [true, { detail: { state: [{ 'equals-ignore-case': 'terminated' }] } }],
    [true, { detail: { state: [{ 'anything-but': ['WAITING', 'RUNNING'] }] } }],
    [false, { detail: { state: [{ 'anything-but': { prefix: 'TERM' } }] } }],
    [false, { detail: { absent: [{ 'anything-but': 'x' }] } }],
    [true, { detail: { absent: [{ exists: false }] } }],
    [false, { detail: { absent: [{ exists: true }] } }],
    [true, { detail: { severity: [{ numeric: ['>', 2, '<=', 3] }] } }],
    [false, { detail: { severity: [{ numeric: ['<', 3] }] } }],
    [true, { detail: { tags: ['b'] } }],
    [false, { detail: { tags: ['c'] } }],
    [true, { detail: { note: [null] } }],
    [true, { detail: { name: [{ wildcard: 'atmo-*-alice-*' }] } }],
    [false, { detail: { name: [{ wildcard: 'atmo.*' }] } }],
    [true, { $or: [{ source: ['aws.ec2'] }, { detail: { severity: [3] } }] }],
    [false, { detail: { state: { deeper: ['x'] } } }],
  ])('is %s for %j', (expected, pattern) => {
    expect(matchesPattern(pattern, event)).toBe(expected);
  });

  it('is refused where a condition is not known, instead of never matching', () => {
    expect(() => matchesPattern({ source: [{ cidr: '10.0.0.0/8' }] }, event)).toThrow(/'cidr' is not known/);
  });
});

describe('the local EventBridge', () => {
  const functionArn = 'arn:aws:lambda:us-west-2:123456789012:function:upkeep';
  const rules = [{ pattern: { source: ['portal'] }, isEnabled: true, targets: [{ functionArn }] }];

  afterEach(() => {
    vi.useRealTimers();
  });

  it('brings events of an application to the functions whose rules they match', async () => {
    const invoke = vi.fn();
    const server = await listen(http.createServer(eventBridgeApi(eventBus(rules, invoke))), 0);
    const client = new EventBridgeClient({ credentials, region, endpoint: server.url });
    const time = new Date('2026-11-23T10:00:00Z');
    const { Entries, FailedEntryCount } = await client.send(
      new PutEventsCommand({
        Entries: [
          { Source: 'portal', DetailType: 'Seen', Detail: '{"id":1}', Time: time },
          { Source: 'elsewhere', DetailType: 'Seen', Detail: '{"id":2}' },
          { Source: 'aws.emr', DetailType: 'Seen', Detail: '{}' },
          { Source: 'portal', DetailType: 'Seen', Detail: 'no JSON' },
        ],
      }),
    );
    client.destroy();
    await server.close();
    expect(FailedEntryCount).toBe(2);
    expect(Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
      undefined,
      undefined,
      'NotAuthorizedForSourceException',
      'MalformedDetail',
    ]);
    expect(invoke.mock.calls).toEqual([
      [
        functionArn,
        {
          version: '0',
          id: Entries?.[0]?.EventId,
          'detail-type': 'Seen',
          source: 'portal',
          account: '123456789012',
          time: '2026-11-23T10:00:00Z',
          region: 'us-west-2',
          resources: [],
          detail: { id: 1 },
        },
      ],
    ]);
  });

  it('leaves disabled rules out, and sends what a target asks for in place of the event', () => {
    const invoke = vi.fn();
    const publish = eventBus(
      [
        { pattern: { source: ['portal'] }, isEnabled: false, targets: [{ functionArn }] },
        { pattern: { source: ['portal'] }, isEnabled: true, targets: [{ functionArn, input: '{"task":"sweep"}' }] },
      ],
      invoke,
    );
    publish({
      version: '0',
      id: '1',
      'detail-type': 'Seen',
      source: 'portal',
      account: '123456789012',
      time: '2026-11-23T10:00:00Z',
      region,
      resources: [],
      detail: {},
    });
    expect(invoke.mock.calls).toEqual([[functionArn, { task: 'sweep' }]]);
  });

  it('tries a failing function again after one minute and two more, then gives up with a message', async () => {
    vi.useFakeTimers();
    const invoke = vi.fn().mockRejectedValue(new Error('down'));
    const report = vi.fn();
    asyncInvoker(invoke, report)(functionArn, { id: 1 });
    await vi.advanceTimersByTimeAsync(59_000);
    expect(invoke).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(invoke).toHaveBeenCalledTimes(2);
    await vi.advanceTimersByTimeAsync(24 * 3_600_000);
    expect(invoke).toHaveBeenCalledTimes(3);
    expect(report).toHaveBeenLastCalledWith(expect.stringContaining('the event is dropped'));
  });
});
