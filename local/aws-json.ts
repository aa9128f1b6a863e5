import { randomUUID } from 'node:crypto';
import type http from 'node:http';

import { BodyTooLarge, readBody } from './read-body.ts';

/** A refusal as the service itself would word it. */
export class AwsError extends Error {
  override readonly name: string;
  readonly status: number;

  constructor(name: string, message: string, status = 400) {
    super(message);
    this.name = name;
    this.status = status;
  }
}

/** Operations by name; what they get is checked by them, not by the protocol. */
export type Operations = Readonly<Record<string, (input: Record<string, unknown>) => unknown>>;

/** Speaks AWS JSON 1.0 or 1.1: the operation in a header, input and output as JSON. */
export const awsJsonProtocol =
  (version: '1.0' | '1.1', operations: Operations): http.RequestListener =>
  (request, response) =>
    void serve(`application/x-amz-json-${version}`, operations, request, response);

const serve = async (
  contentType: string,
  operations: Operations,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> => {
  try {
    const operation = request.headers['x-amz-target']?.toString().split('.').at(-1) ?? '';
    const run = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (run === undefined) throw new AwsError('UnknownOperationException', `${operation} is not served locally.`, 404);
    const output = await run(parseInput(await readBody(request)));
    answer(response, 200, contentType, output ?? {});
  } catch (error) {
    const { name, message, status } = awsErrorOf(error);
    answer(response, status, contentType, { __type: name, message });
  }
};

/** Whatever went wrong as a refusal; what is no refusal is a bug of this server, and logged. */
export const awsErrorOf = (error: unknown): AwsError => {
  if (error instanceof AwsError) return error;
  if (error instanceof BodyTooLarge) return new AwsError('RequestEntityTooLargeException', error.message, error.status);
  console.error(error);
  return new AwsError('InternalFailure', 'An internal error occurred; the log of the stack has it.', 500);
};

/** @throws AwsError where the text is no JSON object */
export const parseInput = (body: Buffer): Record<string, unknown> => {
  try {
    const input: unknown = JSON.parse(body.length === 0 ? '{}' : body.toString('utf8'));
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input as Record<string, unknown>;
  } catch {
    // Answered below, like any other text that is no object.
  }
  throw new AwsError('SerializationException', 'The request body is no JSON object.');
};

export const answer = (response: http.ServerResponse, status: number, contentType: string, output: unknown): void => {
  response.writeHead(status, { 'Content-Type': contentType, 'x-amzn-RequestId': randomUUID() });
  response.end(JSON.stringify(output));
};
