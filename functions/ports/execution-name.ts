import type { Instant } from '../../shared/domain/instant.ts';
import { compactInstant, type Run } from '../../shared/domain/run.ts';

/**
 * Names of the workflow's executions, which make a repeated start harmless. Step Functions allows 80 characters without
 * colons: an id of ours has 20, a compact instant 19.
 */
export const manualExecutionName = ({ id }: Pick<Run, 'id'>): string => `manual-${id}`;

export const firstRunExecutionName = (jobId: string, occurrence: Instant): string =>
  `first-${jobId}-${compactInstant(occurrence)}`;

/**
 * For an occurrence that Scheduler, or an earlier start, did not deliver. The hour lets another execution follow one that
 * is gone too; the occurrence's claim keeps two of them from starting two runs.
 */
export const recoveryExecutionName = (jobId: string, occurrence: Instant, now: Instant): string =>
  `recovery-${jobId}-${compactInstant(occurrence).slice(0, 15)}-${compactInstant(now).slice(0, 11)}`;
