import { randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { BodyTooLarge, readBody } from '../read-body.ts';
import { EmrError } from './emr-error.ts';

/** Answers the operation named in a call; null stands for an empty body. @throws EmrError */
export type Answer = (operation: string, input: unknown) => Promise<Record<string, unknown> | null>;

const CONTENT_TYPE = 'application/x-amz-json-1.1';
const TARGET = /^ElasticMapReduce\.(\w+)$/;
const SIGNATURE_PARTS = [
  /^AWS4-HMAC-SHA256 /,
  /Credential=[^/,\s]+\/\d{8}\/[a-z0-9-]+\/elasticmapreduce\/aws4_request/,
  /SignedHeaders=[a-z0-9-;]+/,
  /Signature=[0-9a-f]{64}/,
];
// RunJobFlow's largest legal input, 256 steps of 10 kB arguments.
const LARGEST_BODY = 3 * 1024 * 1024;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  try {
    return (await readBody(request, LARGEST_BODY)).toString('utf8');
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error;
    throw new EmrError('RequestEntityTooLargeException', error.message, { status: error.status });
  }
};

/** The signature's shape is checked, not the signature: there are no accounts here. */
const checkSigned = (authorization: string | undefined): void => {
  if (authorization === undefined) {
    throw new EmrError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  if (!SIGNATURE_PARTS.every((part) => part.test(authorization))) {
    throw new EmrError(
      'IncompleteSignatureException',
      'Authorization header is not a valid AWS Signature Version 4 for elasticmapreduce',
    );
  }
};

const parseBody = (body: string): unknown => {
  try {
    // Null members count as absent, as in all AWS JSON protocols.
    return JSON.parse(body === '' ? '{}' : body, (_key, value: unknown) => value ?? undefined);
  } catch {
    throw new EmrError('SerializationException', 'Request body is not valid JSON');
  }
};

const operationOf = (request: IncomingMessage): string => {
  const target = request.headers['x-amz-target'];
  const operation = typeof target === 'string' ? TARGET.exec(target)?.[1] : undefined;
  if (request.method !== 'POST' || operation === undefined) throw new EmrError('UnknownOperationException', '');
  return operation;
};

const send = (response: ServerResponse, status: number, body: Record<string, unknown> | null): void => {
  const text = body === null ? '' : JSON.stringify(body);
  response.writeHead(status, {
    'content-type': CONTENT_TYPE,
    'content-length': Buffer.byteLength(text),
    'x-amzn-requestid': randomUUID(),
    // Node would send the machine's own time, which the stack's clock may have left behind.
    date: new Date().toUTCString(),
  });
  response.end(text);
};

const sendError = (response: ServerResponse, error: unknown, report: (problem: string) => void): void => {
  if (!(error instanceof EmrError)) {
    report(`local EMR: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    send(response, 500, { __type: 'InternalFailure' });
    return;
  }
  const code = error.errorCode === null ? {} : { ErrorCode: error.errorCode };
  // EMR writes the message of its modelled exceptions with a capital M, of the common ones without.
  const modelled = error.type === 'InvalidRequestException' || error.type === 'InternalServerException';
  send(response, error.status, { __type: error.type, ...code, [modelled ? 'Message' : 'message']: error.message });
};

/** Speaks AWS JSON 1.1 as EMR does: one path, operations by `X-Amz-Target`, errors by `__type`. */
export const emrRequestListener =
  (answer: Answer, report: (problem: string) => void): RequestListener =>
  (request, response) => {
    const handle = async (): Promise<void> => {
      try {
        const body = await bodyOf(request);
        checkSigned(request.headers.authorization);
        send(response, 200, await answer(operationOf(request), parseBody(body)));
      } catch (error) {
        // The caller hung up: nobody is left to answer.
        if (request.destroyed && !request.complete) return;
        sendError(response, error, report);
      }
    };
    void handle();
  };
