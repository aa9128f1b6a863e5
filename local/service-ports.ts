import http from 'node:http';

import type { Closers } from './closers.ts';
import { listen, rememberedPorts, type RunningServer } from './server.ts';

/** A server that listens and answers as soon as a listener for `request` is added. */
export interface OpenPort extends RunningServer {
  readonly server: http.Server;
}

/** Servers whose address the others must know before they can start. */
export interface ServicePorts {
  readonly identity: OpenPort;
  readonly s3: OpenPort;
  readonly publicResults: OpenPort;
  readonly sparkUi: OpenPort;
  readonly stepFunctions: OpenPort;
  readonly scheduler: OpenPort;
  readonly eventBridge: OpenPort;
  readonly sts: OpenPort;
  readonly ec2: OpenPort;
  readonly efs: OpenPort;
  /** Where each is, by what it stands for. */
  urls(): Readonly<Record<string, string>>;
}

/** @param stateFile remembers the ports of servers that browsers speak to */
export const openPorts = async (stateFile: string, closers: Closers): Promise<ServicePorts> => {
  const remembered = rememberedPorts(stateFile);
  const open = async (listening: (server: http.Server) => Promise<RunningServer>): Promise<OpenPort> => {
    const server = http.createServer();
    const started = await listening(server);
    closers.add(() => started.close());
    return { ...started, server };
  };
  const forBrowsers = (name: string): Promise<OpenPort> => open((server) => remembered.listen(name, server));
  const forClients = (): Promise<OpenPort> => open((server) => listen(server, 0));
  const ports = {
    identity: await forBrowsers('identity'),
    s3: await forBrowsers('s3'),
    publicResults: await forBrowsers('public-results'),
    sparkUi: await forBrowsers('spark-ui'),
    stepFunctions: await forClients(),
    scheduler: await forClients(),
    eventBridge: await forClients(),
    sts: await forClients(),
    ec2: await forClients(),
    efs: await forClients(),
  };
  return {
    ...ports,
    urls: () => ({
      'Sign-in (Cognito)': ports.identity.url,
      S3: ports.s3.url,
      'Public results (CloudFront)': ports.publicResults.url,
      'Spark UI': ports.sparkUi.url,
      'Step Functions': ports.stepFunctions.url,
      Scheduler: ports.scheduler.url,
      EventBridge: ports.eventBridge.url,
      STS: ports.sts.url,
      EC2: ports.ec2.url,
      EFS: ports.efs.url,
    }),
  };
};
