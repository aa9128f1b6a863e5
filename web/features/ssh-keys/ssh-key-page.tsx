import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { SshKeyView } from '../../../shared/contract/routes/ssh-keys.ts';
import { CommandBlock } from '../../components/command-block.tsx';
import { ConfirmButton } from '../../components/confirm-button.tsx';
import { FactsAndIds } from '../../components/facts-and-ids.tsx';
import { Failure } from '../../components/failure.tsx';
import { IdToCopy } from '../../components/id-to-copy.tsx';
import { PageLink } from '../../components/links.tsx';
import { Loaded, Loading } from '../../components/loaded.tsx';
import { Moment } from '../../components/moment.tsx';
import { Name } from '../../components/name.tsx';
import { useNotify } from '../../components/notices.tsx';
import { Page } from '../../components/page.tsx';
import { fetchFile, urlOf } from '../../lib/api.ts';
import { useChange, useRead } from '../../lib/use-route.ts';
import { KeyWarnings } from './key-warnings.tsx';

const useRawKey = (id: string) =>
  useQuery({
    queryKey: ['getRawSshKey', { id }],
    queryFn: async ({ signal }) => (await fetchFile(urlOf('getRawSshKey', { id }), signal)).text(),
  });

const DeleteKey = ({ id, title }: Pick<SshKeyView, 'id' | 'title'>) => {
  const notify = useNotify();
  const { mutateAsync } = useChange('deleteSshKey', {
    outdates: ['listSshKeys'],
    onDone: () => notify({ type: 'success', text: `The key ${title} was deleted.` }, '/ssh-keys'),
  });
  return (
    <ConfirmButton
      label="Delete"
      title={`Delete the key ${title}?`}
      confirmLabel="Delete"
      onConfirm={() => mutateAsync({ id })}
    >
      <Box>New clusters can no longer use it. Running clusters keep accepting it.</Box>
    </ConfirmButton>
  );
};

const RawKey = ({ id }: { readonly id: string }) => {
  const { data, error, refetch } = useRawKey(id);
  if (error !== null) return <Failure error={error} retry={() => void refetch()} />;
  return data === undefined ? <Loading what="the key" /> : <CommandBlock label="public key" text={data.trim()} />;
};

const UsedBy = ({ id }: { readonly id: string }) => {
  const { data, error } = useRead('listClusters', { owner: 'mine', status: 'active', limit: 100 });
  if (data === undefined) return error === null ? '…' : 'Could not be loaded';
  const clusters = data.items.filter(({ sshKeyId }) => sshKeyId === id);
  if (clusters.length === 0) return 'None of your active clusters';
  return clusters.map(({ id: clusterId, identifier }) => (
    <div key={clusterId}>
      <PageLink to={PAGES.cluster(clusterId)}>
        <Name text={identifier} />
      </PageLink>
    </div>
  ));
};

const Fingerprint = ({ text }: { readonly text: string }) => (
  <Box variant="code">
    <IdToCopy what="fingerprint" text={text} />
  </Box>
);

const SSH_KEYS = { text: 'SSH keys', to: '/ssh-keys' };

const SshKeyPage = () => {
  const { id = '' } = useParams();
  const query = useRead('getSshKey', { id });
  return (
    <Loaded query={query} what="the SSH key" page={{ title: 'SSH key', parent: SSH_KEYS }}>
      {(key) => (
        <Page title={key.title} parent={SSH_KEYS} actions={<DeleteKey id={key.id} title={key.title} />}>
          <KeyWarnings warnings={key.warnings} />
          <Container header={<Header variant="h2">Key</Header>}>
            <FactsAndIds
              columns={2}
              facts={[
                { label: 'Type', value: `${key.type}, ${key.bits} bits` },
                { label: 'Added', value: <Moment at={key.createdAt} /> },
                { label: 'Used by', value: <UsedBy id={key.id} /> },
              ]}
              wide={[
                { label: 'SHA-256 fingerprint', value: <Fingerprint text={key.fingerprint} /> },
                { label: 'MD5 fingerprint', value: <Fingerprint text={key.fingerprintMd5} /> },
              ]}
            />
          </Container>
          <Container
            header={
              <Header variant="h2" description="The line that is added to authorized_keys on your clusters.">
                Public key
              </Header>
            }
          >
            <RawKey id={key.id} />
          </Container>
        </Page>
      )}
    </Loaded>
  );
};

export default SshKeyPage;
