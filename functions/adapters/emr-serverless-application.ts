import { createHash } from 'node:crypto';
import {
  CreateApplicationCommand,
  GetApplicationCommand,
  paginateListApplications,
  type CreateApplicationCommandInput,
  type EMRServerlessClient,
} from '@aws-sdk/client-emr-serverless';

import type { ServerlessEngine } from '../../shared/contract/serverless-engine.ts';
import { applicationName } from '../../shared/domain/emr-name.ts';
import { hasSessions } from '../../shared/domain/emr-release-facts.ts';
import { releaseLabel } from '../../shared/domain/emr-release.ts';
import { AwsThrottled } from '../../shared/domain/errors.ts';
import { plusMinutes } from '../../shared/domain/instant.ts';
import type { ClaimedResource, ClaimedResources } from '../ports/claimed-resources.ts';
import type { Clock } from '../runtime/clock.ts';
import { fromAws, isAwsError } from './aws-errors.ts';

interface ApplicationOptions {
  /** Name of the stage. */
  readonly environment: string;
  readonly engine: ServerlessEngine;
  readonly applications: ClaimedResources;
  readonly client: EMRServerlessClient;
  readonly clock: Clock;
  readonly newToken: () => string;
  readonly pause: (milliseconds: number) => Promise<void>;
}

const IDLE_MINUTES = 15;

/** How long a repeated client token surely finds what it made: AWS does not say. */
const TOKEN_MINUTES = 5;

/** A new application is there within seconds. */
const LOOKS = 10;
const LOOK_EVERY_MS = 2000;

/** What an application is made of. Its settings are part of its key: other settings make another application. */
const requestOf = (engine: ServerlessEngine, release: string): Omit<CreateApplicationCommandInput, 'name'> => ({
  releaseLabel: releaseLabel(release),
  type: 'SPARK',
  clientToken: undefined,
  architecture: engine.architecture === 'arm64' ? 'ARM64' : 'X86_64',
  autoStartConfiguration: { enabled: true },
  autoStopConfiguration: { enabled: true, idleTimeoutMinutes: IDLE_MINUTES },
  maximumCapacity: { cpu: `${engine.maximumVCpu} vCPU`, memory: `${engine.maximumMemoryGb} GB` },
  schedulerConfiguration: {
    maxConcurrentRuns: engine.maxConcurrentRuns,
    queueTimeoutMinutes: engine.queueTimeoutMinutes,
  },
  ...(hasSessions(release, 'serverless') && { interactiveConfiguration: { sessionEnabled: true } }),
  // Without the managed logs there is no Spark UI after the end.
  monitoringConfiguration: { managedPersistenceMonitoringConfiguration: { enabled: true } },
});

const keyOf = (engine: ServerlessEngine, release: string): string => {
  const settings = JSON.stringify(requestOf(engine, release));
  return `${release}-${engine.architecture}-${createHash('sha256').update(settings).digest('hex').slice(0, 8)}`;
};

export interface OnDemandApplication {
  /** The id of the release's application, which is made where there is none. @throws AwsThrottled, AwsFailed, StaleWrite */
  idFor(release: string): Promise<string>;
  /** The same, where EMR Serverless does not know that application any more. */
  another(release: string, goneId: string): Promise<string>;
  /** Whether somebody deleted it. @throws AwsThrottled, AwsFailed */
  isGone(applicationId: string): Promise<boolean>;
}

export const onDemandApplication = (options: ApplicationOptions): OnDemandApplication => {
  const { environment, engine, applications, client, clock, newToken, pause } = options;

  const nameOf = ({ key, token }: ClaimedResource): string => applicationName(environment, key, token);

  const foundByName = async (name: string): Promise<string | undefined> => {
    for await (const page of paginateListApplications({ client }, {})) {
      const known = page.applications?.find((one) => one.name === name && one.state !== 'TERMINATED');
      if (known !== undefined) return known.id;
    }
    return undefined;
  };

  const create = async (claim: ClaimedResource, release: string): Promise<string | undefined> => {
    const command = new CreateApplicationCommand({
      ...requestOf(engine, release),
      name: nameOf(claim),
      clientToken: claim.token,
      tags: { Application: 'ATMO', App: 'atmo', Environment: environment, Type: 'job' },
    });
    return (await client.send(command)).applicationId;
  };

  /** Job runs are refused while it is being created. */
  const untilCreated = async (applicationId: string): Promise<void> => {
    for (let look = 0; look < LOOKS; look += 1) {
      const { application } = await fromAws(
        'EMR Serverless',
        client.send(new GetApplicationCommand({ applicationId })),
      );
      if (application?.state !== 'CREATING') return;
      await pause(LOOK_EVERY_MS);
    }
    throw new AwsThrottled('EMR Serverless is still creating the application. Try again in a moment.', {
      applicationId,
    });
  };

  const ensured = async (claim: ClaimedResource, release: string): Promise<string> => {
    if (claim.resourceId !== null) return claim.resourceId;
    const isOld = plusMinutes(claim.claimedAt, TOKEN_MINUTES) <= clock.now();
    const found = isOld ? await fromAws('EMR Serverless', foundByName(nameOf(claim))) : undefined;
    const applicationId = found ?? (await fromAws('EMR Serverless', create(claim, release)));
    if (applicationId === undefined) throw new AwsThrottled('EMR Serverless answered without an application id.');
    await untilCreated(applicationId);
    await applications.made(claim, applicationId);
    return applicationId;
  };

  return {
    async idFor(release) {
      return ensured(await applications.claim(keyOf(engine, release), newToken(), clock.now()), release);
    },
    async another(release, goneId) {
      const claim = await applications.claim(keyOf(engine, release), newToken(), clock.now());
      const next = claim.resourceId === goneId ? await applications.replace(claim, newToken(), clock.now()) : claim;
      return ensured(next, release);
    },
    async isGone(applicationId) {
      try {
        const { application } = await client.send(new GetApplicationCommand({ applicationId }));
        return application?.state === 'TERMINATED';
      } catch (error) {
        return isUnknown(error) || fromAws('EMR Serverless', Promise.reject(error as Error));
      }
    },
  };
};

/** Whether EMR Serverless does not know what a call names, or no longer. */
export const isUnknown = (error: unknown): boolean => isAwsError(error, 'ResourceNotFoundException');
