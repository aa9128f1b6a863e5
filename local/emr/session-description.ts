import { clusterArn, epochSeconds, present, type Wire } from './descriptions.ts';
import type { EventContext } from './events.ts';
import type { SessionRecord } from './session-record.ts';

const time = (at: number | null): number | null => (at === null ? null : epochSeconds(at));

/** A session as GetSession and ListSessions show it. */
export const sessionDescription = ({ request, ...session }: SessionRecord, place: EventContext): Wire => {
  const { ClientRequestToken: _token, ...asked } = request;
  return present({
    ...asked,
    Id: session.id,
    Arn: `${clusterArn(session.clusterId, place)}/session/${session.id}`,
    AccountId: place.accountId,
    State: session.state,
    StateChangeReason: session.stateDetails,
    ReleaseLabel: session.releaseLabel,
    CreatedAt: time(session.createdAt),
    UpdatedAt: time(session.updatedAt),
    StartedAt: time(session.startedAt),
    EndedAt: time(session.endedAt),
    IdleSince: time(session.idleSince),
  });
};
