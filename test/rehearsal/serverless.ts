import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { startLocalEmrServerless, type LocalEmrServerless } from '../../local/emr-serverless/server.ts';

/**
 * EMR Serverless beside the emulator, which lacks the service: the local stack's own server. No job runs there in a rehearsal, so it has
 * nowhere to send events and logs; both would be reported as lost.
 */
export const startServerless = (
  directory: string,
  place: { readonly region: string; readonly accountId: string },
): Promise<LocalEmrServerless> => {
  const dataDirectory = join(directory, 'emr-serverless');
  rmSync(dataDirectory, { recursive: true, force: true });
  const nowhere = (): never => {
    throw new Error('the rehearsal runs no jobs on EMR Serverless');
  };
  return startLocalEmrServerless({ port: 0, dataDirectory, publish: nowhere, writeLog: nowhere, ...place });
};
