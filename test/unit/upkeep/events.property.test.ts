import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { emrEventIn, observationIn } from '../../../functions/upkeep/emr-event.ts';
import { mailEventIn } from '../../../functions/upkeep/mail-event.ts';
import { EMR_EVENT_TYPES, MAIL_EVENT_TYPES, MAIL_TAG } from '../../../shared/contract/upkeep.ts';
import { anyText, holds } from '../properties.ts';

/** What belongs there, or anything. */
const or = (value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: fc.jsonValue() });

const time = fc.constantFrom('2026-11-23T06:00:00Z', '+275760-09-13T00:00:00.001Z', 'soon', '');
const reason = fc.oneof(
  fc.record({ code: or(anyText), message: or(anyText) }).map((each) => JSON.stringify(each)),
  anyText,
);

const event = or(
  fc.record(
    {
      'detail-type': or(fc.constantFrom(...EMR_EVENT_TYPES, ...MAIL_EVENT_TYPES)),
      time: or(time),
      detail: or(
        fc.record(
          {
            clusterId: or(anyText),
            applicationId: or(anyText),
            jobRunId: or(anyText),
            name: or(fc.constant('atmo-test-cluster-alice-x-0123456789')),
            state: or(fc.constantFrom('RUNNING', 'TERMINATED', 'SUCCESS', 'NEW')),
            stateChangeReason: or(reason),
            mail: or(
              fc.record({ timestamp: or(time), tags: or(fc.record({ [MAIL_TAG]: or(fc.array(or(anyText))) })) }),
            ),
            bounce: or(
              fc.record({
                bounceType: or(fc.constant('Permanent')),
                bounceSubType: or(anyText),
                bouncedRecipients: or(
                  fc.array(or(fc.record({ emailAddress: or(anyText), diagnosticCode: or(anyText) }))),
                ),
              }),
            ),
            reject: or(fc.record({ reason: or(anyText) })),
          },
          { requiredKeys: [] },
        ),
      ),
    },
    { requiredKeys: [] },
  ),
);

describe('any event', () => {
  it('of EMR is none, or tells of a workload and when', () => {
    holds(
      fc.property(event, (given) => {
        const read = emrEventIn(given);
        if (read === null) return;
        expect(EMR_EVENT_TYPES).toContain(read.type);
        expect(new Date(read.time).toISOString()).toBe(read.time);
        const told = observationIn(read, 'test');
        expect(told?.emrId).not.toBe('');
        expect(['string', 'undefined']).toContain(typeof told?.reason?.message);
      }),
      2000,
    );
  });

  it('of SES is none, or names the mail, the time and a reason', () => {
    holds(
      fc.property(event, (given) => {
        const read = mailEventIn(given);
        if (read === null || read === undefined) return;
        expect([read.recordId, read.reason].map((each) => typeof each)).toEqual(['string', 'string']);
        expect(new Date(read.at).toISOString()).toBe(read.at);
      }),
      2000,
    );
  });
});
