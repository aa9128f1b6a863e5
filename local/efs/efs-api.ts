import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { AwsError, awsErrorOf, parseInput } from '../aws-json.ts';
import { readBody } from '../read-body.ts';
import type { AccessKeys } from '../sts/access-keys.ts';
import { authenticate } from '../sts/authentication.ts';
import { sha256 } from '../sts/signature.ts';
import { EFS_OPERATIONS } from './efs-operations.ts';
import type { FileSystemStore } from './file-system-store.ts';

/** EFS over its own wire protocol: paths and JSON. */
export const efsApi =
  (store: FileSystemStore, keys: AccessKeys) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const send = (status: number, output: unknown, errorType?: string): void => {
      response.writeHead(status, {
        'Content-Type': 'application/json',
        'x-amzn-RequestId': randomUUID(),
        ...(errorType !== undefined && { 'x-amzn-ErrorType': errorType }),
      });
      response.end(output === null ? undefined : JSON.stringify(output));
    };
    try {
      const body = await readBody(request);
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://efs');
      const [, kind = '', id = ''] =
        /^\/2015-02-01\/([a-z-]+)(?:\/([^/]+))?(?:\/lifecycle-configuration)?$/.exec(pathname) ?? [];
      const name = `${request.method ?? ''} ${kind}`;
      const operation = Object.hasOwn(EFS_OPERATIONS, name) ? EFS_OPERATIONS[name] : undefined;
      if (operation === undefined)
        throw new AwsError('UnknownOperationException', `${name} is not served locally.`, 404);
      const caller = authenticate(request, keys, 'elasticfilesystem', sha256(body));
      if (caller === null)
        throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
      // A session is narrowed to the files of a run.
      if (caller.policy !== null)
        throw new AwsError('AccessDeniedException', 'You are not authorized to perform this operation.', 403);
      const [status, output] = operation(
        { id: decodeURIComponent(id), query: searchParams, body: parseInput(body) },
        store,
      );
      send(status, output);
    } catch (error) {
      const { name, message, status } = awsErrorOf(error);
      send(status, { ErrorCode: name, Message: message }, name);
    }
  };
