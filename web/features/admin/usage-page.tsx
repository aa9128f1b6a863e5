import Button from '@cloudscape-design/components/button';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';

import type { AdminUsage } from '../../../shared/contract/usage.ts';
import { daysOfMonth } from '../../../shared/domain/month.ts';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { useAddress } from '../../components/use-address.ts';
import { downloadCsv } from '../../lib/download-csv.ts';
import { useRead } from '../../lib/use-route.ts';
import { kindName } from '../usage/kind-names.ts';
import { MonthField, monthIn } from '../usage/month-field.tsx';
import { UsageBars } from '../usage/usage-bars.tsx';
import { TOTAL, UsageTable } from '../usage/usage-table.tsx';

const ROWS = [
  { id: 'day', text: 'Day', first: 'Day (UTC)' },
  { id: 'person', text: 'Person', first: 'Person' },
  { id: 'group', text: 'Group', first: 'Group' },
  { id: 'kind', text: 'Kind', first: 'Kind' },
] as const;

const nameOf = (by: AdminUsage['by'], key: string): string => {
  if (by === 'kind') return kindName(key);
  return key === '' ? 'No group' : key;
};

/** What everybody used in a month, and what it cost. */
const AdminUsagePage = () => {
  const { parameters, show } = useAddress();
  const by = ROWS.find(({ id }) => id === parameters.get('by'))?.id ?? 'day';
  const month = monthIn(parameters);
  const range = month === undefined ? null : daysOfMonth(month);
  const request = { by, ...(range === null ? {} : { from: range[0], to: range[1] }) };
  const usage = useRead('getUsage', request, { keepPrevious: true });
  const first = ROWS.find(({ id }) => id === by)?.first ?? '';
  return (
    <Page
      title="Usage"
      description="What clusters, sessions and runs cost at list prices. A person of several groups counts in the row of each."
      actions={
        <Button iconName="download" onClick={() => void downloadCsv('getUsage', request)}>
          Download CSV
        </Button>
      }
    >
      <SpaceBetween direction="horizontal" size="l" alignItems="center">
        <MonthField month={month} onChange={(chosen) => show({ month: chosen })} />
        <SegmentedControl
          label="Rows"
          selectedId={by}
          options={ROWS}
          onChange={({ detail }) => show({ by: detail.selectedId })}
        />
      </SpaceBetween>
      <Loaded query={usage} what="the usage">
        {({ by: shown, from, to, currency, items, total }) => {
          const lines = items.map((item) => ({ ...item, key: item.id ?? item.key, name: nameOf(shown, item.key) }));
          return (
            <SpaceBetween size="l">
              <UsageBars by={shown} days={shown === 'day' ? [from, to] : null} currency={currency} lines={lines} />
              <UsageTable
                title="Usage"
                isDrawn
                first={first}
                currency={currency}
                lines={[
                  ...lines,
                  ...(items.length > 1 ? [{ ...total, key: TOTAL, name: <strong>Total</strong> }] : []),
                ]}
              />
            </SpaceBetween>
          );
        }}
      </Loaded>
    </Page>
  );
};

export default AdminUsagePage;
