import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

import * as z from 'zod';

import { ACCOUNT } from '../account.ts';
import { AwsError } from '../aws-json.ts';
import { openStateFile } from '../state-file.ts';
import { parseSessionPolicy, type SessionPolicy } from './session-policy.ts';

/** The key pair of the deployment itself, which may do everything. */
export const ROOT_CREDENTIALS = { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' } as const;

/** Who signed a request. */
export interface Caller {
  readonly arn: string;
  /** `AROA…:session`, as GetCallerIdentity shows it. */
  readonly userId: string;
  /** null: everything. */
  readonly policy: SessionPolicy | null;
}

export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const Session = z.object({
  accessKeyId: z.string(),
  arn: z.string(),
  userId: z.string(),
  policy: z.string().nullable(),
  /** Milliseconds since the epoch. */
  expiration: z.number(),
});
type Session = z.infer<typeof Session>;

/** The access keys of this machine. A session is held by its own token, so that none need to be stored. */
export class AccessKeys {
  readonly #sealingKey: Buffer;
  readonly #root: Caller;

  /** @param rootArn who the deployment's own key pair is */
  constructor(rootArn: string, sealingKey: Buffer = randomBytes(32)) {
    this.#sealingKey = sealingKey;
    this.#root = { arn: rootArn, userId: ROOT_CREDENTIALS.accessKeyId, policy: null };
  }

  /** @param session `policy` is JSON as it was sent; null for everything */
  issue(session: Omit<Session, 'accessKeyId'>): SessionCredentials {
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const payload = Buffer.from(JSON.stringify({ accessKeyId, ...session })).toString('base64url');
    return {
      accessKeyId,
      secretAccessKey: this.#secretOf(accessKeyId),
      sessionToken: `${payload}.${this.#seal(payload)}`,
    };
  }

  /**
   * Finds whose key it is and what it signs with.
   * @param sessionToken '' where the request carries none
   * @throws AwsError InvalidAccessKeyId, InvalidToken or ExpiredToken, as S3 names them
   */
  find(accessKeyId: string, sessionToken: string): { readonly caller: Caller; readonly secretAccessKey: string } {
    if (accessKeyId === ROOT_CREDENTIALS.accessKeyId && sessionToken === '') {
      return { caller: this.#root, secretAccessKey: ROOT_CREDENTIALS.secretAccessKey };
    }
    if (sessionToken === '') {
      const why = 'The AWS Access Key Id you provided does not exist in our records.';
      throw new AwsError('InvalidAccessKeyId', why, 403);
    }
    const session = this.#open(sessionToken);
    if (session?.accessKeyId !== accessKeyId) {
      throw new AwsError('InvalidToken', 'The provided token is malformed or otherwise invalid.');
    }
    if (session.expiration <= Date.now()) throw new AwsError('ExpiredToken', 'The provided token has expired.');
    const { arn, userId } = session;
    const policy = session.policy === null ? null : parseSessionPolicy(session.policy);
    if (session.policy !== null && policy === null)
      throw new AwsError('InvalidToken', 'The session policy is invalid.');
    return { caller: { arn, userId, policy }, secretAccessKey: this.#secretOf(accessKeyId) };
  }

  #open(token: string): Session | null {
    const [payload = '', seal = ''] = token.split('.');
    const expected = this.#seal(payload);
    if (seal.length !== expected.length || !timingSafeEqual(Buffer.from(seal), Buffer.from(expected))) return null;
    return Session.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
  }

  #seal(payload: string): string {
    return createHmac('sha256', this.#sealingKey).update(`token ${payload}`).digest('base64url');
  }

  #secretOf(accessKeyId: string): string {
    return createHmac('sha256', this.#sealingKey).update(`secret ${accessKeyId}`).digest('base64').slice(0, 40);
  }
}

/** The keys of a stack, the same after a restart. */
export const openAccessKeys = (file: string): AccessKeys => {
  const state = openStateFile(file, z.object({ sealingKey: z.string() }), { sealingKey: '' });
  const sealingKey = state.value.sealingKey === '' ? randomBytes(32).toString('base64') : state.value.sealingKey;
  if (state.value.sealingKey === '') state.write({ sealingKey });
  return new AccessKeys(`arn:aws:iam::${ACCOUNT.id}:root`, Buffer.from(sealingKey, 'base64'));
};
