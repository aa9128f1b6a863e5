import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { AUDITED_KINDS, auditKeptSince, type AuditFilter } from '../../shared/domain/audit.ts';
import { InvalidInput } from '../../shared/domain/errors.ts';
import { toInstant } from '../../shared/domain/instant.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Clock } from '../runtime/clock.ts';

type Route = Routes['listAudit'];

interface ListAuditDependencies {
  readonly audit: Pick<AuditTrail, 'list'>;
  readonly clock: Clock;
}

/** `kind:id`, or an id of any kind: an id may have a colon, too. */
const objectIn = (text: string): NonNullable<AuditFilter['object']> => {
  const kind = AUDITED_KINDS.find((known) => text.startsWith(`${known}:`)) ?? null;
  return { kind, id: kind === null ? text : text.slice(kind.length + 1) };
};

/** @throws InvalidInput (fields `from`, `object`, `cursor`) */
export const listAudit =
  ({ audit, clock }: ListAuditDependencies) =>
  async (input: RouteInput<Route>): Promise<RouteOutput<Route>> => {
    const { actor = null, action = null, limit, cursor } = input;
    const now = clock.now();
    // DynamoDB deletes an entry up to two days after its time.
    const oldest = auditKeptSince(now);
    const from = input.from === undefined || input.from < oldest ? oldest : input.from;
    // Times are given in whole seconds, and the last one belongs to it.
    const to = input.to === undefined ? now : toInstant(Date.parse(input.to) + 999);
    if (input.from !== undefined && input.from > to)
      throw InvalidInput.field('from', 'The start is after the end. Give from before to.');
    if (from > to) return { items: [], cursor: null };
    const object = input.object === undefined ? null : objectIn(input.object);
    if (object?.id === '') throw InvalidInput.field('object', 'Give an id after the kind, as spark-job:daily-report.');
    const page = await audit.list({ actor, action, object, from, to }, { limit, cursor });
    return { items: [...page.items], cursor: page.cursor };
  };
