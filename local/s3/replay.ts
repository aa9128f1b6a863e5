import { IncomingMessage } from 'node:http';

interface Replay {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

/** A request that was read already, for another listener to read. */
export const replay = (request: IncomingMessage, { method, url, headers, body }: Replay): IncomingMessage => {
  const again = new IncomingMessage(request.socket);
  Object.assign(again, { method, url, headers });
  again.push(body);
  again.push(null);
  // Otherwise its end would count as the client's hanging up.
  again.complete = true;
  return again;
};
