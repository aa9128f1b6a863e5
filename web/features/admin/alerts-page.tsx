import Box from '@cloudscape-design/components/box';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useSearchParams } from 'react-router';

import type { AlertView } from '../../../shared/contract/routes/admin-monitor.ts';
import { PAGES } from '../../../shared/contract/pages.ts';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { PageLink } from '../../components/links.tsx';
import { LongText } from '../../components/long-text.tsx';
import { Moment, MomentOr } from '../../components/moment.tsx';
import { Name } from '../../components/name.tsx';
import { OnPhones } from '../../components/on-phones.tsx';
import { Page } from '../../components/page.tsx';
import { NAME_WIDTH, PagedTable, type Column } from '../../components/paged-table.tsx';
import { usePages } from '../../components/use-pages.ts';
import { useChange, useRead } from '../../lib/use-route.ts';

const STATES = [
  { id: 'all', text: 'All' },
  { id: 'waiting', text: 'Waiting' },
  { id: 'failed', text: 'Failed' },
  { id: 'sent', text: 'Sent' },
] as const;

const KINDS: Readonly<Record<string, string>> = {
  'budget-used': 'Budget used',
  'cluster-expires-soon': 'Cluster expires soon',
  'person-left': 'Person left',
  'release-support-ends': 'Release support ends',
  'run-failed': 'Run failed',
  'run-missed': 'Run missed',
  'run-timed-out': 'Run timed out',
  'session-expires-soon': 'Session expires soon',
  'spark-job-expired': 'Spark job expired',
};

const SHOWN = {
  sent: <StatusIndicator type="success">Sent</StatusIndicator>,
  waiting: <StatusIndicator type="pending">Waiting</StatusIndicator>,
  failed: <StatusIndicator type="error">Failed</StatusIndicator>,
} as const;

/** The account of a budget is stored by its key: `person#<id>`, `group#<name>` or `everyone`. */
const budgetText = (account: string): string => {
  const [kind, name = ''] = account.split('#');
  if (kind === 'person') return 'A person’s budget';
  if (kind === 'everyone') return 'Everybody’s budget';
  return kind === 'group' ? `Budget of ${name}` : 'Budgets';
};

const About = ({ about: { kind, id } }: Pick<AlertView, 'about'>) => {
  const [job = '', run = ''] = id.split('/');
  const to = {
    budget: '/admin/budgets',
    cluster: PAGES.cluster(id),
    session: PAGES.session(id),
    'spark-job': PAGES.sparkJob(id),
    run: PAGES.run(job, run),
    person: PAGES.people(id),
  }[kind];
  return (
    <PageLink to={to}>
      <Name text={kind === 'budget' ? budgetText(id) : kind === 'run' ? job : id} />
    </PageLink>
  );
};

const Resend = ({ alert: { id, to, state } }: { readonly alert: AlertView }) => {
  const { mutateAsync } = useChange('resendAlert', { outdates: ['listAlerts'] });
  if (state === 'waiting') return null;
  return (
    <ConfirmButton
      label="Send again"
      title="Send the mail again?"
      confirmLabel="Send again"
      variant="inline-link"
      onConfirm={() => mutateAsync({ id })}
    >
      <Box>It is sent to {to} within a minute.</Box>
    </ConfirmButton>
  );
};

const COLUMNS: readonly Column<AlertView>[] = [
  {
    id: 'kind',
    header: 'Mail',
    isRowHeader: true,
    minWidth: NAME_WIDTH,
    cell: ({ kind, about, to }) => (
      <>
        {KINDS[kind] ?? kind}
        <div>
          <About about={about} />
        </div>
        <OnPhones>
          To <Name text={to} />
        </OnPhones>
      </>
    ),
  },
  { id: 'to', header: 'To', isExtra: true, minWidth: NAME_WIDTH, cell: ({ to }) => <Name text={to} /> },
  {
    id: 'state',
    header: 'State',
    minWidth: NAME_WIDTH,
    cell: (alert) => (
      <>
        {SHOWN[alert.state]}
        {alert.lastError !== null && (
          <div>
            <LongText text={alert.lastError} />
          </div>
        )}
        <div>
          <Resend alert={alert} />
        </div>
      </>
    ),
  },
  { id: 'createdAt', header: 'Caused', isMore: true, cell: ({ createdAt }) => <Moment at={createdAt} /> },
  { id: 'sentAt', header: 'Sent', isMore: true, cell: ({ sentAt }) => <MomentOr at={sentAt} /> },
  { id: 'attempts', header: 'Attempts', isMore: true, cell: ({ attempts }) => attempts },
];

/** Mails of the portal: sent, waiting, failed. */
const AlertsPage = () => {
  const [parameters, setParameters] = useSearchParams();
  const state = STATES.find(({ id }) => id === parameters.get('state'))?.id ?? 'all';
  const pages = usePages(`alerts ${state}`);
  const alerts = useRead(
    'listAlerts',
    { cursor: pages.cursor, ...(state === 'all' ? {} : { state }) },
    { keepPrevious: true, isLive: ({ items }) => items.some((item) => item.state === 'waiting') },
  );
  return (
    <Page
      title="Alerts and mails"
      description="Every mail of the last year. Waiting mails are tried again for a day; failed ones are not, unless you send them again."
    >
      <PagedTable
        name="mails"
        query={alerts}
        pages={pages}
        columns={COLUMNS}
        trackBy={({ id }) => id}
        filter={
          <SegmentedControl
            label="Which mails"
            selectedId={state}
            options={STATES}
            onChange={({ detail }) => setParameters({ state: detail.selectedId }, { replace: true })}
          />
        }
        empty={<EmptyState title={state === 'all' ? 'No mails yet' : 'No mails like this'} />}
      />
    </Page>
  );
};

export default AlertsPage;
