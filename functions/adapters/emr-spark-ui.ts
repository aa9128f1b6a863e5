import {
  CreatePersistentAppUICommand,
  DescribeClusterCommand,
  DescribePersistentAppUICommand,
  GetOnClusterAppUIPresignedURLCommand,
  GetPersistentAppUIPresignedURLCommand,
  type EMRClient,
  type PersistentAppUI,
} from '@aws-sdk/client-emr';

import { Conflict } from '../../shared/domain/errors.ts';
import { plusMinutes } from '../../shared/domain/instant.ts';
import { phaseOf, type Workload } from '../../shared/domain/workload.ts';
import type { ClaimedResource, ClaimedResources } from '../ports/claimed-resources.ts';
import type { SparkUi, SparkUiLink } from '../ports/spark-uis.ts';
import type { Clock } from '../runtime/clock.ts';
import { fromAws, isAwsError } from './aws-errors.ts';

interface EmrSparkUiOptions {
  /** Claims of persistent UIs, by jobflow id. */
  readonly claims: ClaimedResources;
  readonly client: EMRClient;
  readonly clock: Clock;
  readonly newToken: () => string;
}

/** EMR does not say how long its addresses last. The portal promises little, and its page opens them at once. */
const OPEN_WITHIN_MINUTES = 5;

/** A persistent UI is there within a minute or two. One that is not there by now never will be. */
const PATIENCE_MINUTES = 10;

/** The word for one that can be opened; the API reference names none. */
const READY = 'ATTACHED';

/** EMR's error for what it does not do, or does not know. */
const REFUSED = 'InvalidRequestException';

const beingPrepared = (): Conflict =>
  new Conflict('EMR is preparing the Spark UI, which takes a minute or two. Try again in a minute.');

/**
 * What EMR refuses it refuses in words for people. The limit of an account is 200 by default:
 * https://docs.aws.amazon.com/emr/latest/ManagementGuide/app-history-spark-UI.html
 */
const refused = (error: Error): Conflict =>
  /limit|exceed|too many/i.test(error.message)
    ? new Conflict(
        'This AWS account has as many Spark UIs as EMR allows at once (200 by default). The oldest go by themselves. Try again later.',
        { message: error.message },
      )
    : new Conflict(`EMR has no Spark UI of it: ${error.message}`, { message: error.message });

/** @throws Conflict, AwsThrottled, AwsFailed */
const fromEmr = async <Answer>(call: Promise<Answer>): Promise<Answer> => {
  try {
    return await call;
  } catch (error) {
    if (isAwsError(error, REFUSED)) throw refused(error as Error);
    return fromAws('EMR', Promise.reject(error as Error));
  }
};

/**
 * Spark UIs of EMR clusters: the history server of a cluster that runs, and EMR's own, from the event logs that EMR collects,
 * of one that ends or has ended. That one is made at the first click.
 */
export const emrSparkUi = ({ claims, client, clock, newToken }: EmrSparkUiOptions): SparkUi => {
  const linkFrom = (answer: {
    PresignedURLReady?: boolean | undefined;
    PresignedURL?: string | undefined;
  }): SparkUiLink => {
    if (answer.PresignedURLReady !== true || answer.PresignedURL === undefined) throw beingPrepared();
    return { url: answer.PresignedURL, expiresAt: plusMinutes(clock.now(), OPEN_WITHIN_MINUTES) };
  };

  const made = async (claim: ClaimedResource): Promise<string> => {
    try {
      const { Cluster } = await fromEmr(client.send(new DescribeClusterCommand({ ClusterId: claim.key })));
      const command = new CreatePersistentAppUICommand({ TargetResourceArn: Cluster?.ClusterArn });
      const { PersistentAppUIId } = await fromEmr(client.send(command));
      if (PersistentAppUIId === undefined) throw beingPrepared();
      await claims.made(claim, PersistentAppUIId);
      return PersistentAppUIId;
    } catch (error) {
      // Nobody waits for it: the next click asks again, and hears EMR's reason again.
      await claims.replace(claim, newToken(), plusMinutes(clock.now(), -PATIENCE_MINUTES));
      throw error;
    }
  };

  /** Null where EMR no longer knows it. */
  const described = async (uiId: string): Promise<PersistentAppUI | null> => {
    try {
      const command = new DescribePersistentAppUICommand({ PersistentAppUIId: uiId });
      return (await client.send(command)).PersistentAppUI ?? null;
    } catch (error) {
      if (isAwsError(error, REFUSED)) return null;
      return fromAws('EMR', Promise.reject(error as Error));
    }
  };

  const isStale = ({ claimedAt }: ClaimedResource): boolean => plusMinutes(claimedAt, PATIENCE_MINUTES) <= clock.now();

  /** Replaces a claim whose UI was never created. Of several callers, one creates it. */
  const again = async (gone: ClaimedResource): Promise<never> => {
    const token = newToken();
    const claim = await claims.replace(gone, token, clock.now());
    if (claim.token === token) await made(claim);
    throw beingPrepared();
  };

  const persistent = async (jobflowId: string): Promise<SparkUiLink> => {
    const token = newToken();
    const claim = await claims.claim(jobflowId, token, clock.now());
    const uiId = claim.token === token ? await made(claim) : claim.resourceId;
    // The caller that claimed it is creating it, or failed.
    if (uiId === null) return isStale(claim) ? again(claim) : Promise.reject(beingPrepared());
    const ui = await described(uiId);
    if (ui?.PersistentAppUIStatus !== READY) {
      if (ui === null || isStale(claim)) return again(claim);
      throw beingPrepared();
    }
    const command = new GetPersistentAppUIPresignedURLCommand({ PersistentAppUIId: uiId, PersistentAppUIType: 'SHS' });
    return linkFrom(await fromEmr(client.send(command)));
  };

  const onCluster = async (jobflowId: string): Promise<SparkUiLink> => {
    const command = new GetOnClusterAppUIPresignedURLCommand({
      ClusterId: jobflowId,
      OnClusterAppUIType: 'SparkHistoryServer',
    });
    return linkFrom(await fromEmr(client.send(command)));
  };

  return {
    linkTo: (workload: Workload) => {
      const jobflowId = workload.emrId ?? '';
      return phaseOf(workload) === 'running' ? onCluster(jobflowId) : persistent(jobflowId);
    },
  };
};
