import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';

import type { SparkJobView } from '../../../shared/contract/routes/spark-jobs.ts';
import { toInstant } from '../../../shared/domain/instant.ts';
import { monthOf } from '../../../shared/domain/month.ts';
import { costSoFar } from '../../../shared/domain/workload.ts';
import { Loaded } from '../../components/loaded.tsx';
import { countText, moneyText } from '../../lib/amounts.ts';
import { useNow } from '../../lib/use-now.ts';
import { useRead } from '../../lib/use-route.ts';

/** Runs whose cost is shown one by one. */
const SHOWN = 10;
/** As many as one answer has. */
const COUNTED = 100;

const ThisMonth = ({ identifier }: { readonly identifier: string }) => {
  const now = toInstant(useNow());
  const runs = useRead('listRuns', { identifier, limit: COUNTED }, { staleTime: 60_000 });
  return (
    <Loaded query={runs} what="the cost of the runs">
      {({ items, cursor }) => {
        const started = items.filter(({ startedAt }) => startedAt !== null);
        const ofMonth = started.filter(({ startedAt }) => startedAt !== null && monthOf(startedAt) === monthOf(now));
        const isMore = cursor !== null && ofMonth.length === started.length;
        const currency = items[0]?.cost.currency ?? 'USD';
        const sum = ofMonth.reduce((total, { cost }) => total + costSoFar(cost, now), 0);
        const last = started.slice(0, SHOWN).toReversed();
        return (
          <KeyValuePairs
            columns={2}
            minColumnWidth={160}
            items={[
              {
                label: 'Runs that began this month',
                value: `${isMore ? 'More than ' : ''}${moneyText(sum, currency)} for ${countText(ofMonth.length, 'run')}`,
              },
              {
                label: 'Last runs, the newest at the end',
                value:
                  last.length === 0
                    ? 'None yet'
                    : last.map(({ cost }) => moneyText(costSoFar(cost, now), currency)).join(', '),
              },
            ]}
          />
        );
      }}
    </Loaded>
  );
};

/** What a job has cost this month, and what it usually and at most costs. */
export const SparkJobCost = ({ job }: { readonly job: SparkJobView }) => {
  const { identifier, size, timeout, schedule } = job;
  const estimate = useRead('estimateSparkJob', { identifier, size, timeout, schedule }, { staleTime: 60_000 });
  return (
    <Container header={<Header variant="h2">Cost</Header>}>
      <ThisMonth identifier={identifier} />
      <Loaded query={estimate} what="the estimate">
        {({ usual, perRun, perMonth, currency }) => (
          <KeyValuePairs
            columns={2}
            minColumnWidth={160}
            items={[
              {
                label: 'A run',
                value: `${usual === null ? '' : `Usually ${moneyText(usual.perRun, currency)}, `}at most ${moneyText(perRun, currency)}`,
              },
              {
                label: 'A month',
                value: `${usual === null ? '' : `Usually ${moneyText(usual.perMonth, currency)}, `}at most ${moneyText(perMonth, currency)}`,
              },
            ]}
          />
        )}
      </Loaded>
    </Container>
  );
};
