import { hasSessions } from '../../shared/domain/emr-release-facts.ts';
import type { EmrRelease } from '../../shared/domain/emr-release.ts';
import { NotOffered } from '../../shared/domain/errors.ts';

/** @throws NotOffered where the stage has no EMR Serverless, which sessions run on */
export const requireSessions = (hasServerless: boolean): void => {
  if (hasServerless) return;
  throw new NotOffered(
    'This deployment offers no sessions, since it has no EMR Serverless. Launch a cluster, or ask the operators of the portal.',
  );
};

/** Whether sessions may be started with a release: it is active, and EMR Serverless has it with Spark Connect. */
export const hasSessionsNow = ({ version, isActive, engines }: EmrRelease): boolean =>
  isActive && engines.includes('serverless') && hasSessions(version, 'serverless');
