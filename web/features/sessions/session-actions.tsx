import type { ReactNode } from 'react';

import type { SessionView } from '../../../shared/contract/routes/sessions.ts';
import { PageButton } from '../../components/links.tsx';
import { PageActions } from '../../components/page-actions.tsx';
import { ExtendSession } from './extend-session.tsx';
import { TerminateSession } from './terminate-session.tsx';

const isManaged = ({ isActive, termination, permissions }: SessionView): boolean =>
  isActive && termination === null && permissions.includes('manage');

/** Extend, where the person may; beside the time left. */
export const ExtendIfManaged = ({ session }: { readonly session: SessionView }) =>
  isManaged(session) && <ExtendSession session={session} />;

interface SessionActionsProps {
  readonly session: SessionView;
  readonly children?: ReactNode;
}

/** The actions on a session that the person may do, but Extend. */
export const SessionActions = ({ session, children }: SessionActionsProps) => (
  <PageActions
    of={session.name}
    more={<PageButton to={`/new/session?like=${encodeURIComponent(session.id)}`}>Start one like this</PageButton>}
  >
    {children}
    {isManaged(session) && <TerminateSession session={session} />}
  </PageActions>
);

/** The same and Extend, for a row of a list. */
const SessionRowActions = ({ session }: { readonly session: SessionView }) => (
  <SessionActions session={session}>
    <ExtendIfManaged session={session} />
  </SessionActions>
);

export default SessionRowActions;
