import { lazy, Suspense } from 'react';

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { PageLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { Name } from '../../components/name.tsx';
import { State } from '../../components/state.tsx';
import type { Attention } from './attention.ts';
import { BudgetNotice } from './budget-notice.tsx';
import { Card } from './card.tsx';

// With the schemas of the form, which the dashboard does without.
const ExtendCluster = lazy(async () => ({
  default: (await import('../clusters/extend-cluster.tsx')).ExtendCluster,
}));

const Item = ({ item: { name, to, state, text, at, expiring } }: { readonly item: Attention<ClusterView> }) => (
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
    {expiring?.permissions.includes('manage') === true && (
      <Suspense>
        <ExtendCluster cluster={expiring} />
      </Suspense>
    )}
  </li>
);

/** What needs the person first. Nothing of it is a reason to say so in one line. */
export const AttentionCard = ({ items }: { readonly items: readonly Attention<ClusterView>[] }) => (
  <Card title="Needs attention" count={items.length}>
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
