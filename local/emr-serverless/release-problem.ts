import { releaseFacts } from '../../shared/domain/emr-release-facts.ts';

/** Why EMR Serverless does not take a release label; null where it does. */
export const releaseProblem = (label: string): string | null =>
  releaseFacts(label.replace(/^emr-/, ''))?.engines.includes('serverless') === true
    ? null
    : `Release label ${label} is not supported.`;

/** The first release 7.x with sessions: `StartSession` in the API reference. Those of the family spark-8.x all have them. */
const FIRST_MINOR_WITH_SESSIONS = 13;

/** Whether applications of a release label take sessions. */
export const hasSessions = (label: string): boolean => {
  const [, minor] = /^emr-7\.(\d+)\./.exec(label) ?? [];
  return minor === undefined ? label.startsWith('emr-spark-') : Number(minor) >= FIRST_MINOR_WITH_SESSIONS;
};
