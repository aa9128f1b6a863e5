import Container from '@cloudscape-design/components/container';
import { useSearchParams } from 'react-router';

import { EmptyState } from '../../components/empty-state.tsx';
import { PageButton } from '../../components/links.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../lib/use-route.ts';
import { LaunchClusterForm } from './launch-cluster-form.tsx';
import { presetsLike } from './presets-like.ts';

const ALL = { limit: 100 };

const LaunchClusterPage = () => {
  const defaults = useRead('getClusterDefaults', {}, { isPreset: true });
  const keys = useRead('listSshKeys', ALL);
  const releases = useRead('listEmrReleases', ALL);
  const like = useSearchParams()[0].get('like');
  const earlier = useRead('getCluster', { id: like ?? '' }, { enabled: like !== null });
  return (
    <Page title="Launch a cluster" parent={{ text: 'Clusters', to: '/clusters' }}>
      <Loaded query={defaults} what="the form">
        {(presets) => (
          <Loaded query={keys} what="your SSH keys">
            {({ items: sshKeys }) =>
              sshKeys.length === 0 ? (
                <AddKeyFirst />
              ) : (
                <Loaded query={releases} what="the EMR releases">
                  {({ items }) => {
                    const choices = { sshKeys, releases: items };
                    if (like === null) return <LaunchClusterForm presets={presets} {...choices} />;
                    return (
                      <Loaded query={earlier} what="the earlier cluster">
                        {(cluster) => (
                          <LaunchClusterForm presets={presetsLike(presets, cluster, choices)} {...choices} />
                        )}
                      </Loaded>
                    );
                  }}
                </Loaded>
              )
            }
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
};

const AddKeyFirst = () => (
  <Container>
    <EmptyState
      title="Add an SSH key first"
      text="Jupyter and Zeppelin on a cluster are reached through SSH, with your key. It takes a minute, and once is enough."
      action={
        <PageButton to="/new/ssh-key?then=launch" variant="primary">
          Add an SSH key
        </PageButton>
      }
    />
  </Container>
);

export default LaunchClusterPage;
