import type { RouteInput, Routes } from '../../shared/contract/api.ts';
import type { OpenRequest } from '../runtime/http-request.ts';
import { logger } from '../runtime/logger.ts';
import type { ReportLimit } from './report-limit.ts';

const ADDRESS = /[^\s"'<>()@]+@[^\s"'<>()@]+/g;
const QUERY = /([?#])[^\s)"']*/g;

/** Without mail addresses and queries of addresses, in which names and tokens stand. */
const withoutPersonalData = (text: string): string => text.replaceAll(QUERY, '$1…').replaceAll(ADDRESS, '…');

/** The path of an address of the portal, the origin of another one. */
const placeOf = (address: string, publicUrl: string): string => {
  if (!URL.canParse(address)) return withoutPersonalData(address).slice(0, 200);
  const { origin, pathname, protocol } = new URL(address);
  if (origin === publicUrl) return pathname;
  return origin === 'null' ? protocol : origin;
};

interface TakeReportsDependencies {
  readonly limit: ReportLimit;
  readonly publicUrl: string;
}

/** An error in a page, for the portal's log. @throws TooManyRequests */
export const takeBrowserError =
  ({ limit, publicUrl }: TakeReportsDependencies) =>
  async (
    { message, stack, page, version, errorId }: RouteInput<Routes['reportBrowserError']>,
    { sourceIp }: OpenRequest,
  ): Promise<undefined> => {
    limit(sourceIp);
    logger.warn('An error in a page', {
      browserError: {
        message: withoutPersonalData(message),
        stack: withoutPersonalData(stack),
        page: placeOf(page, publicUrl),
        version,
        errorId,
      },
    });
    return undefined;
  };

/** Violations of the content security policy, as browsers report them. @throws TooManyRequests */
export const takeCspReports =
  ({ limit, publicUrl }: TakeReportsDependencies) =>
  async ({ reports }: RouteInput<Routes['reportCspViolations']>, { sourceIp }: OpenRequest): Promise<undefined> => {
    limit(sourceIp);
    for (const { page, directive, blocked, source, line } of reports)
      logger.warn('A page violated its content security policy', {
        cspViolation: {
          page: placeOf(page, publicUrl),
          directive,
          blocked: placeOf(blocked, publicUrl),
          source: placeOf(source, publicUrl),
          line,
        },
      });
    return undefined;
  };
