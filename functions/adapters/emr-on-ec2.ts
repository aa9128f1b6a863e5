import {
  DescribeClusterCommand,
  paginateListClusters,
  TerminateJobFlowsCommand,
  type Cluster,
  type ClusterSummary,
  type EMRClient,
} from '@aws-sdk/client-emr';

import { runTokenIn } from '../../shared/domain/emr-name.ts';
import { phaseOfState, statesOf, statusReason } from '../../shared/domain/engine.ts';
import { AwsFailed } from '../../shared/domain/errors.ts';
import { toInstant, type Instant } from '../../shared/domain/instant.ts';
import type { EmrObservation } from '../../shared/domain/emr-observation.ts';
import type { EmrEngine } from '../ports/emr-engine.ts';
import { systemClock, type Clock } from '../runtime/clock.ts';
import { fromAws, isAwsError } from './aws-errors.ts';
import { emrClient } from './emr-client.ts';

export const instantOf = (time: Date | undefined): Instant | null => (time === undefined ? null : toInstant(time));

interface Sight {
  /** Name of the stage. */
  readonly environment: string;
  readonly masterAddress?: string | undefined;
  readonly observedAt: Instant;
}

/** Null for a state unknown to this release of the portal. */
const observationOf = (
  { Id, Name, Status, NormalizedInstanceHours }: ClusterSummary,
  { environment, masterAddress = '', observedAt }: Sight,
): EmrObservation | null => {
  const state = statesOf('cluster').find((known) => known === Status?.State);
  if (Id === undefined || state === undefined) return null;
  const { Code, Message } = Status?.StateChangeReason ?? {};
  return {
    emrId: Id,
    runToken: runTokenIn(Name ?? '', environment),
    state,
    // Without a code, the message only paraphrases the state.
    reason: Code === undefined ? null : statusReason(Code, Message ?? ''),
    createdAt: instantOf(Status?.Timeline?.CreationDateTime),
    readyAt: instantOf(Status?.Timeline?.ReadyDateTime),
    finishedAt: instantOf(Status?.Timeline?.EndDateTime),
    masterAddress: masterAddress === '' ? null : masterAddress,
    normalizedInstanceHours: NormalizedInstanceHours ?? null,
    billed: null,
    observedAt,
  };
};

/** EMR's maximum ids for each call. */
const IDS_PER_CALL = 10;

const chunksOf = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** Whether EMR does not know the id, or no longer. */
export const isUnknownCluster = (error: unknown): boolean =>
  isAwsError(error, 'InvalidRequestException') &&
  error instanceof Error &&
  /cluster id '.*' is not valid/i.test(error.message);

const failedWith = (error: unknown, ...names: readonly string[]): boolean =>
  error instanceof AwsFailed && names.some((name) => name === error.evidence['name']);

/** EMR uses the same error names for termination-protected clusters. */
const isProtected = (error: unknown): boolean =>
  error instanceof AwsFailed && /terminat(e|ion)[- ]protect/i.test(String(error.evidence['message']));

/** EMR's error for an unknown id in a call with several ids. */
const isForgotten = (error: unknown): boolean =>
  failedWith(error, 'ValidationException', 'InvalidRequestException') && !isProtected(error);

/** One denied cluster must not stop the others. */
const isDenied = (error: unknown): boolean => failedWith(error, 'AccessDeniedException') || isProtected(error);

interface EmrOnEc2Options {
  readonly client?: EMRClient;
  readonly clock?: Clock;
}

/** EMR on EC2, except launching. All these calls are idempotent, and the SDK retries them. */
export const emrOnEc2 = (
  environment: string,
  { client = emrClient(), clock = systemClock }: EmrOnEc2Options = {},
): EmrEngine => {
  const terminate = async (ids: readonly string[]): Promise<void> => {
    await fromAws('EMR', client.send(new TerminateJobFlowsCommand({ JobFlowIds: [...ids] })));
  };

  /**
   * A single unknown or denied id makes EMR refuse the whole call, so the ids are then sent one by one. Unknown clusters are
   * skipped; denied or protected ones are reported after all others were tried.
   */
  const terminateOneByOne = async (ids: readonly string[]): Promise<void> => {
    const denied: unknown[] = [];
    for (const id of ids) {
      await terminate([id]).catch((error: unknown) => {
        if (isDenied(error)) denied.push(error);
        else if (!isForgotten(error)) throw error;
      });
    }
    if (denied.length > 0) throw denied[0];
  };

  const described = async (jobflowId: string): Promise<Cluster | undefined> => {
    try {
      return (await client.send(new DescribeClusterCommand({ ClusterId: jobflowId }))).Cluster;
    } catch (error) {
      if (isUnknownCluster(error)) return undefined;
      return fromAws('EMR', Promise.reject(error as Error));
    }
  };

  const listed = (summary: ClusterSummary): readonly EmrObservation[] => {
    const seen = observationOf(summary, { environment, observedAt: clock.now() });
    return seen === null || seen.runToken === null ? [] : [seen];
  };

  return {
    async describe(jobflowId) {
      const cluster = await described(jobflowId);
      if (cluster === undefined) return null;
      const seen = observationOf(cluster, {
        environment,
        masterAddress: cluster.MasterPublicDnsName,
        observedAt: clock.now(),
      });
      if (seen !== null) return seen;
      // Not null, which would mean that the cluster no longer exists.
      throw new AwsFailed('EMR returned an unknown state. Contact the operators of the portal.', {
        jobflowId,
        state: cluster.Status?.State,
      });
    },

    async list(phases, createdAfter) {
      const ours: EmrObservation[] = [];
      const states = statesOf('cluster').filter((state) => phases.includes(phaseOfState('cluster', state)));
      const request = {
        ClusterStates: [...states],
        ...(createdAfter === undefined ? {} : { CreatedAfter: new Date(createdAfter) }),
      };
      const read = async (): Promise<void> => {
        for await (const { Clusters = [] } of paginateListClusters({ client }, request))
          ours.push(...Clusters.flatMap(listed));
      };
      await fromAws('EMR', read());
      return ours;
    },

    async terminate(jobflowIds) {
      for (const ids of chunksOf(jobflowIds, IDS_PER_CALL)) {
        await terminate(ids).catch((error: unknown) => {
          if (isForgotten(error) || isDenied(error)) return terminateOneByOne(ids);
          throw error;
        });
      }
    },
  };
};
