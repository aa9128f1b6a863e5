import { paginateListApplications, type EMRServerlessClient } from '@aws-sdk/client-emr-serverless';

import { isApplicationName } from '../../shared/domain/emr-name.ts';
import { phaseOfState, statesOf, type Engine, type Phase } from '../../shared/domain/engine.ts';
import { AwsFailed, AwsThrottled, EmrRefusedLaunch } from '../../shared/domain/errors.ts';
import { plusMinutes, type Instant } from '../../shared/domain/instant.ts';
import type { EmrObservation } from '../../shared/domain/emr-observation.ts';
import type { Workload } from '../../shared/domain/workload.ts';
import type { EmrEngine, Launch } from '../ports/emr-engine.ts';
import type { Clock } from '../runtime/clock.ts';
import { fromAws, isAwsError } from './aws-errors.ts';
import { isUnknown, type OnDemandApplication } from './emr-serverless-application.ts';

/** Applications to which something may belong that still goes on. */
const LIVING = ['CREATED', 'STARTING', 'STARTED', 'STOPPING', 'STOPPED'] as const;

/** How long a repeated client token surely starts nothing more: AWS does not say. */
const TOKEN_MINUTES = 5;

/** What job runs and sessions differ in. */
interface Work<On extends Engine> {
  readonly engine: On;
  /** `emrId` and EMR's state, also one that this release of the portal does not know. */
  readonly get: (
    emrId: string,
  ) => Promise<{ readonly state: string | undefined; readonly seen: EmrObservation | null }>;
  readonly pages: (
    applicationId: string,
    states: ReturnType<typeof statesOf<On>>,
    createdAfter: Instant | undefined,
  ) => AsyncIterable<readonly (EmrObservation | null)[]>;
  readonly end: (emrId: string) => Promise<unknown>;
}

/** Job runs, or sessions, of all applications of an environment. All these calls may be repeated, and the SDK does. */
export const serverlessWork = <On extends Engine>(
  environment: string,
  client: EMRServerlessClient,
  { engine, get, pages, end }: Work<On>,
): EmrEngine => {
  const ourApplications = async (): Promise<readonly string[]> => {
    const ours: string[] = [];
    for await (const { applications = [] } of paginateListApplications({ client }, { states: [...LIVING] })) {
      for (const { id, name = '' } of applications) {
        if (id !== undefined && isApplicationName(name, environment)) ours.push(id);
      }
    }
    return ours;
  };

  const describe = async (emrId: string): Promise<EmrObservation | null> => {
    try {
      const { state, seen } = await get(emrId);
      if (seen !== null) return seen;
      // Not null, which would mean that it no longer exists.
      throw new AwsFailed('EMR Serverless returned an unknown state. Contact the operators of the portal.', {
        emrId,
        state,
      });
    } catch (error) {
      return isUnknown(error) ? null : fromAws('EMR Serverless', Promise.reject(error as Error));
    }
  };

  const read = async (phases: readonly Phase[], createdAfter?: Instant): Promise<readonly EmrObservation[]> => {
    const states = statesOf(engine).filter((state) => phases.includes(phaseOfState(engine, state)));
    const ours: EmrObservation[] = [];
    for (const applicationId of await ourApplications()) {
      for await (const page of pages(applicationId, states, createdAfter)) {
        ours.push(...page.filter((one) => one !== null).filter(({ runToken }) => runToken !== null));
      }
    }
    return ours;
  };

  return {
    describe,
    list: (phases, createdAfter) => fromAws('EMR Serverless', read(phases, createdAfter)),
    async terminate(emrIds) {
      for (const emrId of emrIds) {
        try {
          await end(emrId);
        } catch (error) {
          if (isUnknown(error)) continue;
          // It has ended, or is ending.
          const isRefused = isAwsError(error, 'ValidationException') || isAwsError(error, 'ConflictException');
          const seen = isRefused ? await describe(emrId) : null;
          const phase = seen === null ? null : phaseOfState(engine, seen.state);
          if (phase === 'ended' || phase === 'ending' || (isRefused && seen === null)) continue;
          await fromAws('EMR Serverless', Promise.reject(error as Error));
        }
      }
    },
  };
};

interface Startable {
  readonly emrRelease: string;
  readonly workload: Workload;
}

interface Start<Order> {
  readonly start: (applicationId: string, order: Order) => Promise<string>;
  /** What an earlier call for this order started; null if there is nothing. */
  readonly startedBefore: (applicationId: string, order: Order) => Promise<string | null>;
}

/**
 * Launches job runs or sessions on the application of their release. They take the run token as their client token, so that
 * a repeated call starts nothing more, and no launch is uncertain.
 */
export const serverlessLaunch = <Order extends Startable>(
  { application, clock }: { readonly application: OnDemandApplication; readonly clock: Clock },
  { start, startedBefore }: Start<Order>,
): Launch<Order> => {
  /** An earlier call may have been carried out longer ago than its client token is remembered. */
  const mayBeForgotten = ({ workload }: Order): boolean =>
    plusMinutes(workload.launchDueAt ?? workload.claimedAt, TOKEN_MINUTES) <= clock.now();

  const launched = async (applicationId: string, order: Order): Promise<string> => {
    const known = mayBeForgotten(order) ? await startedBefore(applicationId, order) : null;
    return known ?? start(applicationId, order);
  };

  return async (order) => {
    const applicationId = await application.idFor(order.emrRelease);
    try {
      return await launched(applicationId, order);
    } catch (error) {
      // A deleted application is unknown or, for a while, known and TERMINATED: then EMR Serverless refuses the request.
      const isGone =
        isUnknown(error) || (isAwsError(error, 'ValidationException') && (await application.isGone(applicationId)));
      if (isGone) {
        const another = await application.another(order.emrRelease, applicationId);
        return fromAws('EMR Serverless', launched(another, order));
      }
      const isRefused = isAwsError(error, 'ValidationException') || isAwsError(error, 'ServiceQuotaExceededException');
      if (isRefused && error instanceof Error) {
        throw new EmrRefusedLaunch(error.message, { name: error.name, applicationId });
      }
      // The application is on its way to another state, or the token went with another request: that of an earlier release.
      if (isAwsError(error, 'ConflictException') && error instanceof Error) {
        const known = await fromAws('EMR Serverless', startedBefore(applicationId, order));
        if (known !== null) return known;
        throw new AwsThrottled('EMR Serverless is busy with the application. Try again in a moment.', {
          message: error.message,
        });
      }
      return fromAws('EMR Serverless', Promise.reject(error as Error));
    }
  };
};
