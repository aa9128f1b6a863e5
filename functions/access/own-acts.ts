import { ownAct, type AuditedAct } from '../../shared/domain/audit.ts';
import { AwsFailed, AwsThrottled } from '../../shared/domain/errors.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { Clock } from '../runtime/clock.ts';
import { failLater, invocationId } from '../runtime/invocation.ts';
import { logger } from '../runtime/logger.ts';

/** Records what the portal does by itself, before it does it (ADR 0035). */
export interface OwnActs {
  /** Of what begins or changes something, which is not done where it cannot be recorded. @throws AwsThrottled, AwsFailed */
  record(act: AuditedAct): Promise<void>;
  /**
   * Of what ends something, which costs money until it ends: where the entry cannot be written, it is in the log instead, and
   * the invocation fails once its work is done.
   */
  recordEnd(act: AuditedAct): Promise<void>;
}

interface OwnActsDependencies {
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
}

export const ownActs = ({ audit, clock }: OwnActsDependencies): OwnActs => {
  const record = (act: AuditedAct): Promise<void> => audit.record(ownAct(act, invocationId(), clock.now()));
  return {
    record,
    async recordEnd(act) {
      try {
        await record(act);
      } catch (error) {
        if (!(error instanceof AwsThrottled || error instanceof AwsFailed)) throw error;
        logger.error('An entry of the audit trail could not be written', { ...act, error });
        failLater(error);
      }
    },
  };
};
