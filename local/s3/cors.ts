import type { IncomingMessage, ServerResponse } from 'node:http';

/** A rule of a bucket, as the deployment has it. */
export interface CorsRule {
  readonly AllowedOrigins: readonly string[];
  readonly AllowedMethods: readonly string[];
  readonly AllowedHeaders?: readonly string[];
  readonly ExposedHeaders?: readonly string[];
  readonly MaxAge?: number;
}

/** Lets a page read the answer, refusals too, where a rule allows its origin. */
export const allowOrigin = (rules: readonly CorsRule[], request: IncomingMessage, response: ServerResponse): void => {
  const { method = '', headers } = request;
  const { origin } = headers;
  const allows = ({ AllowedOrigins, AllowedMethods }: CorsRule): boolean =>
    origin !== undefined &&
    AllowedMethods.includes(method) &&
    [origin, '*'].some((name) => AllowedOrigins.includes(name));
  if (origin === undefined || !rules.some(allows)) return;
  response.setHeader('Access-Control-Allow-Origin', origin);
  response.setHeader('Vary', 'Origin');
};
