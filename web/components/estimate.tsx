import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { moneyText } from '../lib/amounts.ts';

interface EstimateProps<Data> {
  readonly query: UseQueryResult<Data>;
  /** What earlier ones have cost. */
  readonly usual?: ReactNode;
  /** What else the estimate tells. */
  readonly more?: (data: Data) => ReactNode;
  /** The amounts to show, each with its label; null while there is no estimate. */
  readonly amounts: readonly {
    readonly label: string;
    readonly of: (data: Data) => number;
    readonly isTotal?: boolean;
  }[];
}

interface PriceBasis {
  readonly asOf: string;
  readonly source: string;
  readonly isDerived: boolean;
  /** Of EMR Serverless; absent or null on a cluster. */
  readonly workers?: object | null;
}

const priceBasisText = (basis: PriceBasis | undefined): string => {
  const what =
    (basis?.workers ?? null) === null
      ? 'EC2, EMR, disks and public addresses'
      : 'EMR Serverless: vCPU, memory and storage, by use';
  if (basis === undefined) return `${what}.`;
  return `${what}. Prices of ${basis.asOf} or later, from ${basis.source}${basis.isDerived ? '; some prices are derived, not from AWS’s price list' : ''}.`;
};

/** The estimated cost, beside the form that it is computed from. */
export const Estimate = <Data extends { readonly currency: string } & PriceBasis>({
  query: { data, error },
  amounts,
  usual,
  more,
}: EstimateProps<Data>) => {
  const shown = error === null ? data : undefined;
  return (
    <Container header={<Header variant="h2">Estimated cost</Header>}>
      <SpaceBetween size="s">
        <output className="atmo-block">
          <KeyValuePairs
            columns={amounts.length}
            minColumnWidth={120}
            items={amounts.map(({ label, of, isTotal = false }) => ({
              label,
              value: (
                <Box
                  variant="span"
                  fontSize={isTotal ? 'heading-l' : 'body-m'}
                  fontWeight={isTotal ? 'bold' : 'normal'}
                >
                  {shown === undefined ? '–' : moneyText(of(shown), shown.currency)}
                </Box>
              ),
            }))}
          />
        </output>
        {usual}
        {shown !== undefined && more?.(shown)}
        <Box color="text-body-secondary" fontSize="body-s">
          {error === null ? priceBasisText(shown) : error.message}
        </Box>
      </SpaceBetween>
    </Container>
  );
};
