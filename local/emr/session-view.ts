import type { SessionState } from '../connect/connect-session.ts';
import type { SessionRecord } from './session-record.ts';

/** A session as `GET /local/emr/sessions` shows it; times are ISO 8601. */
export interface SessionView {
  readonly id: string;
  readonly clusterId: string;
  readonly name: string;
  readonly state: SessionState;
  readonly stateDetails: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly clientRequestToken: string | null;
  readonly idleTimeoutMinutes: number;
  readonly createdAt: string;
}

export const sessionView = ({ request, ...session }: SessionRecord): SessionView => ({
  id: session.id,
  clusterId: session.clusterId,
  name: request.Name,
  state: session.state,
  stateDetails: session.stateDetails,
  tags: Object.fromEntries(request.Tags.map(({ Key, Value }) => [Key, Value])),
  clientRequestToken: request.ClientRequestToken ?? null,
  idleTimeoutMinutes: request.SessionIdleTimeoutInMinutes,
  createdAt: new Date(session.createdAt).toISOString(),
});
