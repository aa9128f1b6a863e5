import * as z from 'zod';

import { NO_BODY, noObject } from './fields.ts';

/** Bytes of a report. */
export const MAX_REPORT_BYTES = 8 * 1024;

const cut = (field: string, characters: number) =>
  z.string({ error: `Give ${field} as text.` }).transform((text) => text.slice(0, characters));

/** Other fields are left out of the log: a report of an older or newer page is worth more than a refusal. */
export const browserErrorBody = z.object(
  {
    message: cut('message', 500),
    stack: cut('stack', 3000).default(''),
    /** Address of the page. */
    page: cut('page', 500).default(''),
    /** Of the pages' release. */
    version: cut('version', 50).default(''),
    /** What the page shows the person, so that the log is found by it. */
    errorId: cut('errorId', 50).default(''),
  },
  { error: noObject(NO_BODY) },
);

/** What the log keeps of a violation. */
interface CspViolation {
  readonly page: string;
  readonly directive: string;
  readonly blocked: string;
  readonly source: string;
  readonly line: number | null;
}

const MAX_VIOLATIONS = 10;

const textOf = (value: unknown): string => (typeof value === 'string' ? value.slice(0, 500) : '');
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

type Fields = Readonly<Record<string, unknown>>;

/** `report-uri` has names with hyphens, the Reporting API has them in camel case. */
const violationOf = (fields: Fields): CspViolation => ({
  page: textOf(fields['document-uri'] ?? fields['documentURL']),
  directive: textOf(fields['effective-directive'] ?? fields['violated-directive'] ?? fields['effectiveDirective']),
  blocked: textOf(fields['blocked-uri'] ?? fields['blockedURL']),
  source: textOf(fields['source-file'] ?? fields['sourceFile']),
  line: numberOf(fields['line-number'] ?? fields['lineNumber']),
});

const fields = z.record(z.string(), z.unknown());

/** One violation by `report-uri`, or a list of reports by the Reporting API. */
export const cspReportsBody = z
  .union(
    [
      z.object({ 'csp-report': fields }).transform((report) => [report['csp-report']]),
      z
        .array(z.object({ type: z.string(), body: fields }))
        .transform((reports) => reports.filter(({ type }) => type === 'csp-violation').map(({ body }) => body)),
    ],
    { error: 'Send a report as browsers do: {"csp-report": {…}}, or a list of {type, body}.' },
  )
  .transform((violations) => ({ reports: violations.slice(0, MAX_VIOLATIONS).map(violationOf) }));
