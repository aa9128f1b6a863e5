import * as z from 'zod';

import { cronProblem } from '../domain/cron.ts';
import { INTERVAL_HOURS, type Schedule } from '../domain/schedule.ts';
import { isTimeZone } from '../domain/time-zone.ts';

const hours = z.literal(INTERVAL_HOURS, { error: 'Choose 24 (daily), 168 (weekly) or 720 (monthly) hours.' });

/** The schedule of a request. */
export const schedule: z.ZodType<Schedule> = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('interval'), hours }),
    z.strictObject({
      type: z.literal('cron'),
      expression: z
        .string({ error: 'Give a cron expression, for example 0 6 * * ? *.' })
        .max(200, { error: 'Shorten the cron expression.' })
        // Scheduler documents names in capitals only.
        .toUpperCase()
        .check((context) => {
          const problem = cronProblem(context.value);
          if (problem !== null) context.issues.push({ code: 'custom', message: problem, input: context.value });
        }),
      timeZone: z.string({ error: 'Name a time zone, for example Europe/Berlin.' }).refine(isTimeZone, {
        error:
          'Unknown time zone. Use UTC or the exact name in the IANA database, for example Europe/Berlin, not an abbreviation.',
      }),
    }),
  ],
  {
    error:
      'Give a schedule: {"type": "interval", "hours": 168} or {"type": "cron", "expression": "0 6 * * ? *", "timeZone": "UTC"}.',
  },
);

/** The schedule of a response, which is not validated again. */
export const scheduleView = z.union([
  z.object({ type: z.literal('interval'), hours: z.literal(INTERVAL_HOURS) }),
  z.object({ type: z.literal('cron'), expression: z.string(), timeZone: z.string() }),
]);
