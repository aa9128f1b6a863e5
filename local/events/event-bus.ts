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

/** An event as EventBridge delivers it. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601 in whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

/** Puts an event on the bus. */
export type PublishEvent = (event: BusEvent) => void;

/** The account's default event bus: every event to the targets of every rule that it matches. */
export const eventBus =
  (rules: readonly RuleDefinition[], invoke: InvokeAsync): PublishEvent =>
  (event) => {
    for (const { pattern, isEnabled, targets } of rules) {
      if (!isEnabled || !matchesPattern(pattern, event)) continue;
      for (const { functionArn, input } of targets) {
        invoke(functionArn, input === undefined ? event : (JSON.parse(input) as unknown));
      }
    }
  };
