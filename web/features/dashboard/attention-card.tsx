import Button from '@cloudscape-design/components/button';
import { lazy, Suspense } from 'react';

import { PageLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { Name } from '../../components/name.tsx';
import { State } from '../../components/state.tsx';
import type { Attention, Extendable } from './attention.ts';
import { BudgetNotice } from './budget-notice.tsx';
import { Card } from './card.tsx';

// With the schemas of their forms, which the dashboard does without.
const ExtendCluster = lazy(async () => ({
  default: (await import('../clusters/extend-cluster.tsx')).ExtendCluster,
}));
const ExtendSession = lazy(async () => ({
  default: (await import('../sessions/extend-session.tsx')).ExtendSession,
}));

const Extend = ({ of }: { readonly of: Extendable }) => {
  const { permissions } = of.kind === 'cluster' ? of.cluster : of.session;
  if (!permissions.includes('manage')) return null;
  return (
    // Takes the place of the button, which would push the rows below down.
    <Suspense fallback={<Button disabled>Extend</Button>}>
      {of.kind === 'cluster' ? <ExtendCluster cluster={of.cluster} /> : <ExtendSession session={of.session} />}
    </Suspense>
  );
};

const Item = ({ item: { name, to, state, text, at, expiring } }: { readonly item: Attention }) => (
  <li>
    <span className="atmo-row-state">
      <State words={state} />
    </span>
    <span className="atmo-row-text">
      <PageLink to={to}>
        <Name text={name} />
      </PageLink>{' '}
      {text} {at !== null && <Moment at={at} />}
    </span>
    {expiring !== undefined && <Extend of={expiring} />}
  </li>
);

interface AttentionCardProps {
  readonly items: readonly Attention[];
  /** With the notice of the budget. */
  readonly count: number;
}

/** What needs the person first. Nothing of it is a reason to say so in one line. */
export const AttentionCard = ({ items, count }: AttentionCardProps) => (
  <Card title="Needs attention" count={count}>
    <BudgetNotice />
    {items.length === 0 ? (
      <p className="atmo-quiet">Nothing failed, nothing is late, nothing expires within the hour.</p>
    ) : (
      <ul className="atmo-rows">
        {items.map((item) => (
          <Item key={`${item.state[1]} ${item.to}`} item={item} />
        ))}
      </ul>
    )}
  </Card>
);
