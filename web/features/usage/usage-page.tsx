import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import SpaceBetween from '@cloudscape-design/components/space-between';

import type { MyUsage } from '../../../shared/contract/usage.ts';
import { daysOfMonth } from '../../../shared/domain/month.ts';
import { BudgetBar } from '../../components/budget-bar.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { useAddress } from '../../components/use-address.ts';
import { moneyText } from '../../lib/amounts.ts';
import { useRead } from '../../lib/use-route.ts';
import { kindName } from './kind-names.ts';
import { MonthField, monthIn, monthName } from './month-field.tsx';
import { UsageBars } from './usage-bars.tsx';
import { UsageTable } from './usage-table.tsx';

const Usage = ({ usage: { month, total, currency, budget, byDay, byKind } }: { readonly usage: MyUsage }) => (
  <SpaceBetween size="l">
    <Container>
      <SpaceBetween size="s">
        <Box variant="awsui-key-label">{monthName(month)}</Box>
        <Box fontSize="display-l">{moneyText(total, currency)}</Box>
        {budget !== null && <BudgetBar budget={budget} />}
      </SpaceBetween>
    </Container>
    <UsageBars
      by="day"
      days={daysOfMonth(month)}
      currency={currency}
      lines={byDay.map((sum) => ({ ...sum, key: sum.day, name: sum.day }))}
    />
    <UsageTable
      title="By kind"
      first="Kind"
      currency={currency}
      lines={byKind.map(({ kind, ...sum }) => Object.assign(sum, { key: kind, name: kindName(kind) }))}
    />
    <UsageTable
      title="By day"
      isDrawn
      first="Day (UTC)"
      currency={currency}
      lines={byDay.map(({ day, ...sum }) => Object.assign(sum, { key: day, name: day }))}
    />
  </SpaceBetween>
);

/** What the signed-in person used in a month, and what it cost. */
const UsagePage = () => {
  const { parameters, show } = useAddress();
  const month = monthIn(parameters);
  const usage = useRead('getMyUsage', month === undefined ? {} : { month }, { keepPrevious: true });
  return (
    <Page
      title="My usage"
      description="What my clusters, sessions and runs cost at list prices. What runs is added up every five minutes, up to now."
      actions={<MonthField month={month} onChange={(chosen) => show({ month: chosen })} />}
    >
      <Loaded query={usage} what="my usage">
        {(data) => <Usage usage={data} />}
      </Loaded>
    </Page>
  );
};

export default UsagePage;
