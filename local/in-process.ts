import { EventEmitter } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import type { Activity } from './activity.ts';

/** What the SDK hands to its HTTP handler, in the part that is needed here. */
export interface SdkRequest {
  readonly hostname: string;
  readonly port?: number;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface SdkResponse {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type Answer = (request: SdkRequest) => Promise<SdkResponse>;

/** The class of the SDK's HTTP handler, which all clients of a process share. */
interface HandlerPrototype {
  handle: (this: object, request: SdkRequest, options?: unknown) => Promise<{ readonly response: SdkResponse }>;
}

export interface InProcess {
  /** A client of the SDK: any one leads to the class of all their HTTP handlers. */
  readonly client: { readonly config: { readonly requestHandler: object } };
  readonly port: number;
  readonly answer: Answer;
  /** Asked for each request. */
  readonly isHurried: () => boolean;
  readonly activity: Pick<Activity, 'trackRequest'>;
}

/**
 * While a process is in a hurry, answers what its SDK clients send to a port of this machine without a socket: a connection costs
 * more processor time than its server. At other times, and for everybody else, the server is reached over the network.
 * @returns puts the network back
 */
export const answerInProcess = ({ client, port, answer, isHurried, activity }: InProcess): (() => void) => {
  const prototype = Object.getPrototypeOf(client.config.requestHandler) as HandlerPrototype;
  const overTheNetwork = prototype.handle;
  prototype.handle = function handle(request, options) {
    return isHurried() && request.port === port && request.hostname === 'localhost'
      ? activity.trackRequest(async () => ({ response: await answer(request) }))
      : overTheNetwork.call(this, request, options);
  };
  return () => {
    prototype.handle = overTheNetwork;
  };
};

/** Hands a request to a server's listener, with as much of Node's request and response as a server of whole bodies needs. */
export const answerOf =
  (listener: RequestListener): Answer =>
  ({ method, path, headers, body = '' }) =>
    new Promise((resolve) => {
      const request = Object.assign(new EventEmitter(), { method, url: path, headers });
      // SDK clients correct their clock by the date.
      const answered: Record<string, string> = { date: new Date().toUTCString() };
      const response = {
        statusCode: 200,
        setHeader: (name: string, value: unknown) => void (answered[name.toLowerCase()] = String(value)),
        end: (text = '') => resolve({ statusCode: response.statusCode, headers: answered, body: Buffer.from(text) }),
      };
      listener(request as unknown as IncomingMessage, response as unknown as ServerResponse & { req: IncomingMessage });
      request.emit('data', Buffer.from(body));
      request.emit('end');
    });
