import { NotFound } from '../../shared/domain/errors.ts';
import { bounced } from '../../shared/domain/mail-record.ts';
import type { MailRecords } from '../ports/mail-records.ts';
import { logger } from '../runtime/logger.ts';
import type { MailEvent } from './mail-event.ts';

interface RecordBounceDependencies {
  readonly records: Pick<MailRecords, 'change'>;
}

/** Records that a mail will not arrive. Events about mails whose record is gone, after a year, are ignored. */
export const recordBounce =
  ({ records }: RecordBounceDependencies) =>
  async ({ recordId, ...bounce }: MailEvent): Promise<void> => {
    logger.warn('A mail did not arrive', { recordId, reason: bounce.reason });
    try {
      await records.change(recordId, (record) => bounced(record, bounce));
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
  };
