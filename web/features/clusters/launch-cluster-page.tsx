import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useSearchParams } from 'react-router';

import { Loaded } from '../../components/loaded.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Page } from '../../components/page.tsx';
import { useRead } from '../../lib/use-route.ts';
import { AddSshKeyForm } from '../ssh-keys/add-ssh-key-form.tsx';
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

/** On the launch page itself: once the key is there, the launch form follows. */
const AddKeyFirst = () => {
  const notify = useNotify();
  return (
    <SpaceBetween size="m">
      <Box>
        <Box variant="h2">Add an SSH key first</Box>
        Jupyter and Zeppelin on a cluster are reached through SSH, with your key. Once is enough.
      </Box>
      <AddSshKeyForm
        cancelTo="/clusters"
        onAdded={({ title, warnings }) =>
          notify({ type: 'success', text: [`The key ${title} was added.`, ...warnings].join(' ') })
        }
      />
    </SpaceBetween>
  );
};

export default LaunchClusterPage;
