import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { ReactNode } from 'react';

import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import { countText, moneyText } from '../../lib/amounts.ts';
import { exactDurationText } from '../../lib/instant-text.ts';
import { useNow } from '../../lib/use-now.ts';
import { runFigures } from './run-figures.ts';

/** A line below the fact that it explains. */
export const Small = ({ children }: { readonly children: ReactNode }) => (
  <Box color="text-body-secondary" fontSize="body-s">
    {children}
  </Box>
);

interface Facts {
  readonly success: ReactNode;
  readonly duration: ReactNode;
  readonly cost: ReactNode;
}

const Figures = ({ success, duration, cost }: Facts) => (
  <KeyValuePairs
    columns={3}
    minColumnWidth={140}
    items={[
      { label: 'Success rate', value: success },
      { label: 'Duration', value: duration },
      { label: 'Cost this month', value: cost },
    ]}
  />
);

const Duration = ({ half, most }: { readonly half: string; readonly most: string }) => (
  <>
    Half within {half}
    <Small>95 % within {most} (p50 and p95 of the runs that succeeded)</Small>
  </>
);

const TO_COME = (
  <>
    …<Small>&nbsp;</Small>
  </>
);

/** In the place of the figures until they are there, so that nothing below them moves. */
export const FiguresToCome = () => (
  <Figures success={TO_COME} duration={<Duration half="…" most="…" />} cost={TO_COME} />
);

const successText = (succeeded: number, told: number): string =>
  told === 0 ? 'No run yet that tells' : `${Math.round((100 * succeeded) / told)} %`;

/** How well a job's runs go, how long they take and what they cost. */
export const JobFigures = ({ runs: { items, cursor } }: { readonly runs: RouteOutput<Routes['listRuns']> }) => {
  const now = useNow();
  const { succeeded, told, p50, p95, month } = runFigures(items, now);
  const started = items.filter(({ startedAt }) => startedAt !== null).length;
  const isMore = cursor !== null && month.runs === started;
  return (
    <Figures
      success={
        <>
          {successText(succeeded, told)}
          {told > 0 && <Small>{`${succeeded} of the last ${countText(told, 'run')}`}</Small>}
        </>
      }
      duration={
        p50 === null || p95 === null ? (
          'No success yet'
        ) : (
          <Duration half={exactDurationText(p50)} most={exactDurationText(p95)} />
        )
      }
      cost={
        <>
          {isMore && 'More than '}
          {moneyText(month.cost, items[0]?.cost.currency ?? 'USD')}
          <Small>for {countText(month.runs, 'run')}</Small>
        </>
      }
    />
  );
};
