import * as z from 'zod';

import { AwsFailed, AwsThrottled } from '../../shared/domain/errors.ts';
import type { Tokens } from '../ports/identity-provider.ts';

const granted = z.object({ id_token: z.string(), refresh_token: z.string().nullish() });
const refusal = z.object({ error: z.string() });

/** Milliseconds; a person waits for it. */
const TIMEOUT = 8000;

const post = async (url: string, parameters: Readonly<Record<string, string>>): Promise<Response> => {
  const response = await fetch(url, {
    method: 'POST',
    body: new URLSearchParams(parameters),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT),
  }).catch((error: unknown) => {
    throw new AwsFailed('The sign-in service did not respond. Try again in a moment.', { url, cause: String(error) });
  });
  if (response.status === 429) throw new AwsThrottled('The sign-in service is busy. Try again in a moment.', { url });
  return response;
};

const failed = (url: string, status: number, problem: string): AwsFailed =>
  new AwsFailed('The sign-in service sent an invalid response. Try again, or contact the operators of the portal.', {
    url,
    status,
    problem,
  });

/**
 * Asks the token endpoint (RFC 6749, section 4.1.3 and 6).
 * @returns null if the code or refresh token is invalid or expired
 * @throws AwsFailed, AwsThrottled
 */
export const requestTokens = async (
  url: string,
  parameters: Readonly<Record<string, string>>,
): Promise<Tokens | null> => {
  const response = await post(url, parameters);
  const answer: unknown = await response.json().catch(() => null);
  if (!response.ok) {
    const problem = refusal.safeParse(answer).data?.error ?? 'unknown';
    if (problem === 'invalid_grant') return null;
    throw failed(url, response.status, problem);
  }
  const tokens = granted.safeParse(answer);
  if (!tokens.success) throw failed(url, response.status, 'no ID token');
  return { idToken: tokens.data.id_token, refreshToken: tokens.data.refresh_token ?? null };
};

/** RFC 7009. Revoking an invalid token is not an error. */
export const revokeToken = async (url: string, clientId: string, token: string): Promise<void> => {
  const response = await post(url, { client_id: clientId, token, token_type_hint: 'refresh_token' });
  await response.body?.cancel();
  if (!response.ok) throw failed(url, response.status, 'revocation refused');
};
