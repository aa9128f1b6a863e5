import { randomUUID } from 'node:crypto';

import type { InvokeAsync } from '../async-invoke.ts';
import { matchesPattern, type EventPattern } from './event-pattern.ts';

/** A rule as the deployment would create it. */
export interface RuleDefinition {
  readonly pattern: EventPattern;
  readonly isEnabled: boolean;
  readonly targets: readonly RuleTarget[];
}

export interface RuleTarget {
  readonly functionArn: string;
  /** Sent in place of the event; JSON. */
  readonly input?: string;
}

/** What a source puts on the bus. */
export interface BusEvent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: unknown;
  readonly resources?: readonly string[];
  /** Milliseconds since the epoch; now where left out. */
  readonly time?: number;
}

/** Puts an event on the bus. @returns its id */
export type PublishEvent = (event: BusEvent) => string;

/** The account's default event bus: every event to the targets of every rule that it matches. */
export const eventBus =
  (rules: readonly RuleDefinition[], account: string, region: string, invoke: InvokeAsync): PublishEvent =>
  ({ source, detailType, detail, resources = [], time = Date.now() }) => {
    const event = {
      version: '0',
      id: randomUUID(),
      'detail-type': detailType,
      source,
      account,
      time: new Date(time).toISOString().replace(/\.\d+Z$/, 'Z'),
      region,
      resources,
      detail,
    };
    for (const { pattern, isEnabled, targets } of rules) {
      if (!isEnabled || !matchesPattern(pattern, event)) continue;
      for (const { functionArn, input } of targets) {
        invoke(functionArn, input === undefined ? event : (JSON.parse(input) as unknown));
      }
    }
    return event.id;
  };
