import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, type ReactNode } from 'react';

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { AddressTabs } from '../../components/address-tabs.tsx';
import { Loading } from '../../components/loaded.tsx';

const ClusterSteps = lazy(() => import('./cluster-steps.tsx'));
const ClusterInstances = lazy(() => import('./cluster-instances.tsx'));
const BootstrapLog = lazy(() => import('./bootstrap-log.tsx'));

interface ClusterTabsProps {
  readonly cluster: ClusterView;
  /** The overview. */
  readonly children: ReactNode;
}

/** All about a cluster; what is asked from AWS only while its tab is open. */
export const ClusterTabs = ({ cluster, children }: ClusterTabsProps) => {
  const part = (id: string, label: string, content: ReactNode) => ({
    id,
    label,
    content: <Suspense fallback={<Loading what={`the ${label.toLowerCase()}`} />}>{content}</Suspense>,
  });
  const overview = { id: 'overview', label: 'Overview', content: <SpaceBetween size="l">{children}</SpaceBetween> };
  return (
    <AddressTabs
      variant="default"
      label="About this cluster"
      tabs={[
        overview,
        part('steps', 'Steps', <ClusterSteps cluster={cluster} />),
        part('instances', 'Instances', <ClusterInstances cluster={cluster} />),
        part('bootstrap-log', 'Bootstrap log', <BootstrapLog cluster={cluster} />),
      ]}
    />
  );
};
