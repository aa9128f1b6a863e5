import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';

import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import { CopiedText } from '../../components/copied-text.tsx';
import { CostAndRate, costAtExpiry } from '../../components/cost-so-far.tsx';
import { Moment, MomentOr } from '../../components/moment.tsx';
import { FactsAndIds } from '../../components/facts-and-ids.tsx';
import { IdToCopy } from '../../components/id-to-copy.tsx';
import { ReleaseName } from '../../components/release-name.tsx';
import { TimeLeft } from '../../components/time-left.tsx';
import { endReason } from '../../components/termination-in-words.ts';
import { countText } from '../../lib/amounts.ts';
import { SessionState } from './session-state.tsx';

const stateOf = (session: SessionView) => (
  <>
    <SessionState session={session} />
    <Box fontSize="body-s" color="text-body-secondary">
      EMR Serverless: <CopiedText what="state" text={session.status} />
    </Box>
  </>
);

const lifetimeOf = ({ lifetime, lifetimeExtensionCount: extensions }: SessionView): string =>
  `${countText(lifetime, 'hour')}${extensions === 0 ? '' : `, extended ${countText(extensions, 'time')}`}`;

const idOf = (what: string, id: string | null) => (id === null ? '–' : <IdToCopy what={what} text={id} />);

/** All recorded facts of a session. */
export const SessionSummary = ({ session }: { readonly session: SessionView }) => (
  <Container header={<Header variant="h2">Summary</Header>}>
    <FactsAndIds
      columns={3}
      facts={[
        { label: 'State', value: stateOf(session) },
        { label: 'Time left', value: <TimeLeft of={session} /> },
        { label: session.isActive ? 'Cost so far' : 'Cost', value: <CostAndRate cost={session.cost} /> },
        ...costAtExpiry(session),
        { label: 'Size', value: `Up to ${countText(session.size, 'worker')}, besides the driver` },
        { label: 'EMR release', value: <ReleaseName version={session.emrRelease} /> },
        { label: 'Spark and Python', value: `${session.sparkVersion}, Python ${session.pythonVersion}` },
        { label: 'Lifetime', value: lifetimeOf(session) },
        { label: 'Ends when idle', value: `After ${countText(session.idleMinutes, 'minute')}` },
        { label: 'Created', value: <Moment at={session.createdAt} /> },
        { label: 'Started', value: <MomentOr at={session.startedAt} /> },
        { label: 'Ready', value: <MomentOr at={session.readyAt} /> },
        session.isActive && session.termination === null
          ? { label: 'Expires', value: <Moment at={session.expiresAt} /> }
          : { label: 'Ended', value: <MomentOr at={session.finishedAt} /> },
        { label: 'Owner', value: session.owner },
      ]}
      wide={[
        ...endReason(session),
        { label: 'EMR Serverless application', value: idOf('application id', session.applicationId) },
        { label: 'EMR Serverless session', value: idOf('session id', session.sessionId) },
      ]}
    />
  </Container>
);
