import type { OutboxMail } from '../../shared/domain/mail.ts';

/** A mail about a job that has expired. */
export const expiredMail = (id: string, since: string): OutboxMail => ({
  id,
  kind: 'spark-job-expired',
  to: 'alice@example.com',
  since,
  values: {
    jobIdentifier: id,
    description: 'Counts what happened yesterday',
    endDate: null,
    createdAt: since,
    modifiedAt: since,
    lastRun: null,
  },
});
