import Alert from '@cloudscape-design/components/alert';
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import TextFilter from '@cloudscape-design/components/text-filter';
import { useSearchParams } from 'react-router';

import type { PersonForAdmins, PersonSortField } from '../../../shared/contract/routes/people.ts';
import { GROUPS } from '../../../shared/domain/person.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { OnPhones } from '../../components/on-phones.tsx';
import { Page } from '../../components/page.tsx';
import { NAME_WIDTH, PagedTable, type Column } from '../../components/paged-table.tsx';
import { usePages } from '../../components/use-pages.ts';
import { useSort } from '../../components/use-sort.ts';
import { moneyText } from '../../lib/amounts.ts';
import { useRead } from '../../lib/use-route.ts';
import { useSettled } from '../../lib/use-settled.ts';

const STATUSES = [
  { id: 'all', text: 'All' },
  { id: 'present', text: 'Present' },
  { id: 'left', text: 'Left' },
] as const;

const LEFT_BECAUSE: Readonly<Record<NonNullable<PersonForAdmins['departure']>['reason'], string>> = {
  disabled: 'Disabled',
  deleted: 'Deleted',
  inactive: 'Not seen for long',
};

const used = ({ used: count, limit }: PersonForAdmins['quotas']['clusters']): string =>
  limit === null ? String(count) : `${count} of ${limit}`;

/** The budget counts what runs up to its end, so it may be used up before the money is spent. */
const BudgetUse = ({
  budget: { used: counted, limit, level },
  currency,
}: {
  readonly budget: NonNullable<PersonForAdmins['budget']>;
  readonly currency: string;
}) => (
  <Box color={level === 'ok' ? 'text-body-secondary' : 'text-status-error'} fontSize="body-s">
    Budget: {moneyText(counted, currency)} of {moneyText(limit, currency)}
  </Box>
);

const COLUMNS: readonly Column<PersonForAdmins, PersonSortField>[] = [
  {
    id: 'username',
    header: 'Person',
    sortingField: 'username',
    isRowHeader: true,
    minWidth: NAME_WIDTH,
    cell: ({ username, email }) => (
      <>
        {username}
        {username !== email && (
          <Box color="text-body-secondary" fontSize="body-s">
            {email}
          </Box>
        )}
      </>
    ),
  },
  {
    id: 'state',
    header: 'State',
    cell: ({ departure, lastSeenAt }) => (
      <>
        {departure === null ? (
          <Badge color="green">Present</Badge>
        ) : (
          <>
            <Badge color="grey">{LEFT_BECAUSE[departure.reason]}</Badge> <Moment at={departure.at} />
          </>
        )}
        <OnPhones>
          Last sign-in: <Moment at={lastSeenAt} />
        </OnPhones>
      </>
    ),
  },
  { id: 'groups', header: 'Groups', isMore: true, cell: ({ groups }) => groups.join(', ') || '–' },
  {
    id: 'lastSeenAt',
    header: 'Last sign-in',
    sortingField: 'lastSeenAt',
    isExtra: true,
    cell: ({ lastSeenAt }) => <Moment at={lastSeenAt} />,
  },
  {
    id: 'spend',
    header: 'Cost this month',
    minWidth: 144,
    isMore: true,
    cell: ({ spend, budget }) => (
      <>
        {moneyText(spend.total, spend.currency)}
        {budget !== null && <BudgetUse budget={budget} currency={spend.currency} />}
      </>
    ),
  },
  {
    id: 'uses',
    header: 'In use',
    minWidth: 168,
    isMore: true,
    cell: ({ username, quotas }) => (
      <Box fontSize="body-s">
        <PageLink to={`/admin/clusters?owner=${encodeURIComponent(username)}`} fontSize="body-s">
          Clusters
        </PageLink>
        : {used(quotas.clusters)}
        <br />
        Workers: {used(quotas.workers)}
        <br />
        <PageLink to={`/admin/sessions?owner=${encodeURIComponent(username)}`} fontSize="body-s">
          Sessions
        </PageLink>
        : {used(quotas.sessions)}
        <br />
        <PageLink to={`/admin/spark-jobs?owner=${encodeURIComponent(username)}`} fontSize="body-s">
          Spark jobs
        </PageLink>
        : {used(quotas.sparkJobs)}
        <br />
        <PageLink to={`/admin/ssh-keys?owner=${encodeURIComponent(username)}`} fontSize="body-s">
          SSH keys
        </PageLink>
        : {used(quotas.sshKeys)}
      </Box>
    ),
  },
  {
    id: 'firstSeenAt',
    header: 'First sign-in',
    sortingField: 'firstSeenAt',
    isMore: true,
    cell: ({ firstSeenAt }) => <Moment at={firstSeenAt} />,
  },
];

/** The portal cannot keep the user pool from losing its last admin; it can only say so beforehand. */
const LastAdmin = ({ isListShown }: { readonly isListShown: boolean }) => {
  const admins = useRead('listPeople', { group: GROUPS.admins, status: 'present', limit: 2 });
  const [only, another] = admins.data?.items ?? [];
  // Below the list and not before it, so that neither pushes the other down.
  if (!isListShown || only === undefined || another !== undefined) return null;
  return (
    <Alert type="warning" header={`${only.username} is the only admin who has signed in`}>
      Without an admin nobody can transfer what leavers made, or change settings. Add somebody else to the group{' '}
      {GROUPS.admins} in the user pool.
    </Alert>
  );
};

const PeoplePage = () => {
  const [parameters, setParameters] = useSearchParams();
  const text = parameters.get('query') ?? '';
  const status = STATUSES.find(({ id }) => id === parameters.get('status'))?.id ?? 'all';
  const query = useSettled(text);
  const { sort, sorting } = useSort(COLUMNS, 'username');
  const pages = usePages(`${status} ${query} ${sort}`);
  const people = useRead(
    'listPeople',
    { status, sort, cursor: pages.cursor, ...(query === '' ? {} : { query }) },
    { keepPrevious: true },
  );
  const show = (change: Record<string, string>): void =>
    setParameters({ ...Object.fromEntries(parameters), ...change }, { replace: true });
  return (
    <Page
      title="People"
      description="Everyone who has signed in. Who may sign in, and in which groups, is decided in the user pool."
    >
      <PagedTable
        name="people"
        query={people}
        pages={pages}
        columns={COLUMNS}
        sorting={sorting}
        trackBy={({ id }) => id}
        filter={
          <SpaceBetween direction="horizontal" size="l" alignItems="center">
            <div className="atmo-find-person">
              <TextFilter
                filteringText={text}
                filteringPlaceholder="Username, address or group"
                filteringAriaLabel="Find people"
                onChange={({ detail }) => show({ query: detail.filteringText.slice(0, 200) })}
              />
            </div>
            <SegmentedControl
              label="Which people"
              selectedId={status}
              options={STATUSES}
              onChange={({ detail }) => show({ status: detail.selectedId })}
            />
          </SpaceBetween>
        }
        empty={<EmptyState title={text === '' && status === 'all' ? 'Nobody has signed in yet' : 'Nobody like this'} />}
      />
      <LastAdmin isListShown={!people.isPending} />
    </Page>
  );
};

export default PeoplePage;
