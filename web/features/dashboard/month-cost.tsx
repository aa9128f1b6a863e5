import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';

import { BudgetBar } from '../../components/budget-bar.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { moneyText } from '../../lib/amounts.ts';
import { monthForecast } from '../../lib/month-forecast.ts';
import { useNow } from '../../lib/use-now.ts';
import { useRead } from '../../lib/use-route.ts';
import { Card } from './card.tsx';

/** What the present month has cost the person, and what it will if it goes on like this. */
export const MonthCost = () => {
  const now = useNow();
  const usage = useRead('getMyUsage', {}, { staleTime: 60_000 });
  return (
    <Card title="Cost this month">
      <Loaded query={usage} what="your cost">
        {({ total, currency, budget }) => (
          <KeyValuePairs
            columns={3}
            minColumnWidth={136}
            items={[
              { label: 'So far', value: moneyText(total, currency) },
              { label: 'Whole month at this pace', value: moneyText(monthForecast(total, now), currency) },
              {
                label: 'Budget, with running work',
                value: budget === null ? 'No limit' : <BudgetBar budget={budget} />,
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
};
