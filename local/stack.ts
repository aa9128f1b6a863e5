import path from 'node:path';

import type { Activity } from './activity.ts';
import type { VirtualClock } from './clock.ts';
import { Closers } from './closers.ts';
import { localControl } from './control.ts';
import { Deployment } from './deployment/deployment.ts';
import { apiRoutesOf, edgeFunctionsOf } from './deployment/web-resources.ts';
import { bucketOrigin } from './http/bucket-origin.ts';
import { distribution } from './http/distribution.ts';
import { httpApi } from './http/http-api.ts';
import { pageFallback, pages } from './http/pages.ts';
import type { PortalServer } from './portal-server.ts';
import { answerRequests } from './request-guard.ts';
import { openPorts } from './service-ports.ts';
import { startServices } from './services.ts';
import type { BackgroundInstallation } from './spark/background-installation.ts';

export interface StackOptions {
  readonly repository: string;
  readonly dataDirectory: string;
  /** Address of pages and API. */
  readonly portal: PortalServer;
  readonly clock: Pick<VirtualClock, 'advance' | 'isMoving'>;
  readonly activity: Activity;
  /** Promise of the cloud assembly and the built pages. */
  readonly builds: { readonly assembly: Promise<string>; readonly pages: Promise<string> };
  readonly spark: BackgroundInstallation['status'];
  /** Logs one line for each background error. */
  readonly report: (line: string) => void;
}

export interface RunningStack {
  readonly url: string;
  /** Where each server is, by what it stands for. */
  readonly servers: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Starts the whole portal on this machine.
 * @throws StartupError where it cannot start; nothing is left running then
 */
export const startStack = async (options: StackOptions): Promise<RunningStack> => {
  const closers = new Closers();
  try {
    return await start(options, closers);
  } catch (error) {
    await closers.close();
    throw error;
  }
};

const start = async (options: StackOptions, closers: Closers): Promise<RunningStack> => {
  const { repository, dataDirectory, portal, clock, activity, builds, spark, report } = options;
  const ports = await openPorts(path.join(dataDirectory, 'ports.json'), closers);

  const deployment = new Deployment(await builds.assembly);
  deployment.moveTo({
    portal: portal.url,
    publicResults: ports.publicResults.url,
    identity: ports.identity.url,
    s3: ports.s3.url,
  });
  const services = await startServices({
    deployment,
    portalUrl: portal.url,
    ports,
    repository,
    dataDirectory,
    clock,
    activity,
    closers,
    report,
  });

  const api = httpApi({ routes: apiRoutesOf(deployment), invoke: services.invoke, report });
  const built = pages(await builds.pages, pageFallback(edgeFunctionsOf(deployment).join('\n')));
  answerRequests(
    ports.publicResults.server,
    distribution(deployment, ports.publicResults.url, (domainName) => bucketOrigin(services.s3, bucketOf(domainName))),
  );
  portal.serve(
    distribution(deployment, portal.url, (domainName) => (domainName.includes('.execute-api.') ? api : built)),
    localControl({
      portalUrl: portal.url,
      advance: (milliseconds) => clock.advance(milliseconds),
      emr: services.emr,
      emrServerless: services.emrServerless,
      mailbox: () => services.ses.mailbox(),
      ses: services.ses,
      labs: services.labs,
      spark,
      people: services.people,
      report,
    }),
  );
  services.begin();
  return {
    url: portal.url,
    servers: {
      ...ports.urls(),
      EMR: services.emr.url,
      'EMR Serverless': services.emrServerless.url,
      'SES, with its mailbox': services.ses.url,
      DynamoDB: services.dynamoDb.url,
    },
    async close() {
      await portal.close();
      services.end();
      await activity.settled();
      await closers.close();
    },
  };
};

/** A distribution names a bucket by its host. */
const bucketOf = (domainName: string): string => domainName.split('.s3.')[0] ?? '';
