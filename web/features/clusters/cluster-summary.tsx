import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { CostAndRate, costAtExpiry } from '../../components/cost-so-far.tsx';
import { CopiedText } from '../../components/copied-text.tsx';
import { EmrConsoleLink } from '../../components/emr-console-link.tsx';
import { FactsAndIds } from '../../components/facts-and-ids.tsx';
import { PageLink } from '../../components/links.tsx';
import { Moment, MomentOr } from '../../components/moment.tsx';
import { ReleaseName } from '../../components/release-name.tsx';
import { countText } from '../../lib/amounts.ts';
import { ClusterState } from './cluster-state.tsx';
import { endReason } from '../../components/termination-in-words.ts';
import { TimeLeft } from '../../components/time-left.tsx';
import { useMe } from '../../lib/me.ts';

const stateOf = (cluster: ClusterView) => (
  <>
    <ClusterState cluster={cluster} />
    <Box fontSize="body-s" color="text-body-secondary">
      EMR: <CopiedText what="state" text={cluster.status} />
    </Box>
  </>
);

const lifetimeOf = ({ lifetime, lifetimeExtensionCount }: ClusterView): string =>
  `${countText(lifetime, 'hour')}${lifetimeExtensionCount === 0 ? '' : `, extended ${countText(lifetimeExtensionCount, 'time')}`}`;

/** All recorded facts of a cluster. */
export const ClusterSummary = ({ cluster }: { readonly cluster: ClusterView }) => {
  const me = useMe();
  return (
    <Container header={<Header variant="h2">Summary</Header>}>
      <FactsAndIds
        columns={3}
        facts={[
          { label: 'State', value: stateOf(cluster) },
          { label: 'Time left', value: <TimeLeft of={cluster} /> },
          { label: cluster.isActive ? 'Cost so far' : 'Cost', value: <CostAndRate cost={cluster.cost} /> },
          ...costAtExpiry(cluster),
          { label: 'Size', value: countText(cluster.size, 'worker') },
          { label: 'EMR release', value: <ReleaseName version={cluster.emrRelease} /> },
          { label: 'Lifetime', value: lifetimeOf(cluster) },
          {
            label: 'Ends when idle',
            value: cluster.idleHours === null ? 'Never' : `After ${countText(cluster.idleHours, 'hour')}`,
          },
          { label: 'Created', value: <Moment at={cluster.createdAt} /> },
          { label: 'Started', value: <MomentOr at={cluster.startedAt} /> },
          { label: 'Ready', value: <MomentOr at={cluster.readyAt} /> },
          cluster.isActive && cluster.termination === null
            ? { label: 'Expires', value: <Moment at={cluster.expiresAt} /> }
            : { label: 'Ended', value: <MomentOr at={cluster.finishedAt} /> },
          {
            label: 'SSH key',
            value:
              cluster.ownerId === me.id && cluster.keyOwner === null ? (
                <PageLink to={`/ssh-keys/${cluster.sshKeyId}`}>View the key</PageLink>
              ) : (
                `Of ${cluster.keyOwner ?? cluster.owner}`
              ),
          },
          { label: 'Owner', value: cluster.owner },
        ]}
        wide={[
          ...endReason(cluster),
          { label: 'EMR cluster', value: <EmrConsoleLink jobflowId={cluster.jobflowId} none="–" /> },
        ]}
      />
    </Container>
  );
};
