import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { AwsError, awsErrorOf, parseInput } from '../aws-json.ts';
import { readBody } from '../read-body.ts';
import type { CallInput } from './operations/operation.ts';
import { routed, type OperationName } from './routes.ts';

/** Answers a call; null closes its connection instead. @throws AwsError */
export type Answer = (operation: OperationName, input: CallInput) => Promise<Record<string, unknown> | null>;

const SIGNED =
  /^AWS4-HMAC-SHA256 Credential=[^/,\s]+\/\d{8}\/[a-z0-9-]+\/emr-serverless\/aws4_request, *SignedHeaders=[a-z0-9-;]+, *Signature=[0-9a-f]{64}$/;

/** The signature's shape is checked, not the signature: there are no accounts here. */
const checkSigned = (authorization: string | undefined): void => {
  if (authorization === undefined)
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token', 403);
  if (!SIGNED.test(authorization)) {
    const why = 'Authorization header is not a valid AWS Signature Version 4 for emr-serverless';
    throw new AwsError('IncompleteSignatureException', why, 403);
  }
};

/** Null members count as absent, as in all AWS JSON protocols. */
const withoutNulls = (value: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(value), (_key, member: unknown) => member ?? undefined) as Record<string, unknown>;

const inputOf = async (request: IncomingMessage): Promise<{ operation: OperationName; input: CallInput }> => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://emr-serverless');
  const body = await readBody(request);
  checkSigned(request.headers.authorization);
  const call = routed(request.method ?? '', pathname);
  if (call === null) throw new AwsError('UnknownOperationException', `${request.method} ${pathname} is unknown.`, 404);
  return {
    operation: call.operation,
    input: { path: call.path, query: searchParams, body: withoutNulls(parseInput(body)) },
  };
};

/** Speaks REST with JSON as EMR Serverless does: operations by method and path, errors by a header. */
export const serverlessRequestListener =
  (answer: Answer): RequestListener =>
  (request, response) => {
    const send = (status: number, output: object, errorType?: string): void => {
      response.writeHead(status, {
        'Content-Type': 'application/json',
        'x-amzn-RequestId': randomUUID(),
        ...(errorType !== undefined && { 'x-amzn-ErrorType': errorType }),
      });
      response.end(JSON.stringify(output));
    };
    void respond(request, response, answer, send);
  };

const respond = async (
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  send: (status: number, output: object, errorType?: string) => void,
): Promise<void> => {
  try {
    const { operation, input } = await inputOf(request);
    const output = await answer(operation, input);
    if (output === null) response.destroy();
    else send(200, output);
  } catch (error) {
    // The caller hung up: nobody is left to answer.
    if (request.destroyed && !request.complete) return;
    const { name, message, status } = awsErrorOf(error);
    send(status, { message }, name);
  }
};
