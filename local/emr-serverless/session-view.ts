import { isoOrNull } from './job-run-view.ts';
import type { SessionState } from '../connect/connect-session.ts';
import type { SessionRecord } from './records.ts';
import { settingsOfSession } from './workers.ts';

/** A session as `GET /local/emr-serverless/sessions` shows it; times are ISO 8601. */
export interface SessionView {
  readonly id: string;
  readonly applicationId: string;
  readonly name: string;
  readonly state: SessionState;
  readonly stateDetails: string;
  readonly releaseLabel: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly clientToken: string;
  readonly executionRoleArn: string;
  readonly idleTimeoutMinutes: number;
  readonly sparkProperties: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly idleSince: string | null;
  readonly endedAt: string | null;
}

export const sessionView = ({ request, ...session }: SessionRecord): SessionView => ({
  id: session.id,
  applicationId: session.applicationId,
  name: request.name ?? '',
  state: session.state,
  stateDetails: session.stateDetails,
  releaseLabel: session.releaseLabel,
  tags: session.tags,
  clientToken: request.clientToken,
  executionRoleArn: request.executionRoleArn,
  idleTimeoutMinutes: request.idleTimeoutMinutes,
  sparkProperties: settingsOfSession(request),
  createdAt: new Date(session.createdAt).toISOString(),
  startedAt: isoOrNull(session.startedAt),
  idleSince: isoOrNull(session.idleSince),
  endedAt: isoOrNull(session.endedAt),
});
