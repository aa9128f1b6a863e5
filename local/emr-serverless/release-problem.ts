import { hasSessions as releaseHasSessions, releaseFacts } from '../../shared/domain/emr-release-facts.ts';

/** Why EMR Serverless does not take a release label; null where it does. */
export const releaseProblem = (label: string): string | null =>
  releaseFacts(label.replace(/^emr-/, ''))?.engines.includes('serverless') === true
    ? null
    : `Release label ${label} is not supported.`;

/** Whether applications of a release label take sessions. */
export const hasSessions = (label: string): boolean => releaseHasSessions(label.replace(/^emr-/, ''), 'serverless');
