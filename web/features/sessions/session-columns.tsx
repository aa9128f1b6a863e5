import { PAGES } from '../../../shared/contract/pages.ts';
import type { SessionSortField, SessionView } from '../../../shared/contract/routes/sessions.ts';
import { CostSoFar } from '../../components/cost-so-far.tsx';
import { PageLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { Name } from '../../components/name.tsx';
import { OnPhones } from '../../components/on-phones.tsx';
import { NAME_WIDTH, OWNER_WIDTH, type Column } from '../../components/column.ts';
import { TimeLeft } from '../../components/time-left.tsx';
import { countText } from '../../lib/amounts.ts';
import { SessionState } from './session-state.tsx';

type SessionColumn = Column<SessionView, SessionSortField>;

const name: SessionColumn = {
  id: 'name',
  header: 'Name',
  sortingField: 'name',
  isRowHeader: true,
  minWidth: NAME_WIDTH,
  cell: (session) => (
    <PageLink to={PAGES.session(session.id)}>
      <Name text={session.name} />
    </PageLink>
  ),
};
const owner: SessionColumn = {
  id: 'owner',
  header: 'Owner',
  sortingField: 'owner',
  isExtra: true,
  minWidth: OWNER_WIDTH,
  cell: (session) => <Name text={session.owner} />,
};
const end: SessionColumn = {
  id: 'end',
  header: 'Time left',
  sortingField: 'expiresAt',
  isExtra: true,
  cell: (session) => <TimeLeft of={session} />,
};
const finished: SessionColumn = {
  id: 'finished',
  header: 'Finished',
  sortingField: 'finishedAt',
  isExtra: true,
  cell: ({ finishedAt }) => (finishedAt === null ? '–' : <Moment at={finishedAt} />),
};
const size: SessionColumn = {
  id: 'size',
  header: 'Size',
  sortingField: 'size',
  isExtra: true,
  cell: (session) => <span className="atmo-whole">Up to {countText(session.size, 'worker')}</span>,
};
const release: SessionColumn = {
  id: 'release',
  header: 'EMR release',
  sortingField: 'emrRelease',
  isExtra: true,
  cell: ({ emrRelease, sparkVersion }) => (
    <span className="atmo-whole">
      {emrRelease} (Spark {sparkVersion})
    </span>
  ),
};
const cost: SessionColumn = {
  id: 'cost',
  header: 'Cost so far',
  isExtra: true,
  cell: (session) => <CostSoFar cost={session.cost} />,
};
const created: SessionColumn = {
  id: 'created',
  header: 'Created',
  sortingField: 'createdAt',
  isExtra: true,
  cell: ({ createdAt }) => <Moment at={createdAt} />,
};

/** The state; on phones also the time left or the end, which have a column of their own on wider screens. */
const stateAnd = (other: SessionColumn): SessionColumn => ({
  id: 'state',
  header: 'State',
  sortingField: 'status',
  cell: (session) => (
    <>
      <SessionState session={session} />
      {(session.isActive || other !== end) && (
        <OnPhones>
          {other.header}: {other.cell(session)}
        </OnPhones>
      )}
    </>
  ),
});

/** Columns of a list of sessions: the time left of active ones, the end of the others, and the owner if there are several. */
export const sessionColumns = (shows: { readonly ended: boolean; readonly owners: boolean }): SessionColumn[] => {
  const last = shows.ended ? finished : end;
  return [name, ...(shows.owners ? [owner] : []), stateAnd(last), last, size, release, cost, created];
};
