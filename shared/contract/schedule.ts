import * as z from 'zod';

import { cronProblem } from '../domain/cron.ts';
import { INTERVAL_HOURS, type Schedule } from '../domain/schedule.ts';
import { isTimeZone } from '../domain/time-zone.ts';

const hours = z.literal(INTERVAL_HOURS, { error: 'Choose 24 (daily), 168 (weekly) or 720 (monthly) hours.' });

/** Checked with the same rules wherever a schedule is given. */
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
          'This time zone is unknown. Use UTC or a name of the IANA database in its exact spelling, like Europe/Berlin; no abbreviation.',
      }),
    }),
  ],
  {
    error:
      'Give a schedule: {"type": "interval", "hours": 168} or {"type": "cron", "expression": "0 6 * * ? *", "timeZone": "UTC"}.',
  },
);

/** A schedule in an answer: what was checked once is not checked again. */
export const scheduleView = z.union([
  z.object({ type: z.literal('interval'), hours: z.literal(INTERVAL_HOURS) }),
  z.object({ type: z.literal('cron'), expression: z.string(), timeZone: z.string() }),
]);
