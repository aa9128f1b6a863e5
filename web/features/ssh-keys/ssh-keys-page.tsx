import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';

import type { SshKeyView } from '../../../shared/contract/routes/ssh-keys.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { Id } from '../../components/id.tsx';
import { PageButton, PageLink } from '../../components/links.tsx';
import { Moment } from '../../components/moment.tsx';
import { Name } from '../../components/name.tsx';
import { Page } from '../../components/page.tsx';
import { NAME_WIDTH, PagedTable, type Column } from '../../components/paged-table.tsx';
import { usePages } from '../../components/use-pages.ts';
import { useRead } from '../../lib/use-route.ts';

const TypeAndBits = ({ type, bits }: Pick<SshKeyView, 'type' | 'bits'>) => (
  <>
    <span className="atmo-whole">{type}</span> <span className="atmo-whole">({bits} bits)</span>
  </>
);

const COLUMNS: readonly Column<SshKeyView>[] = [
  {
    id: 'title',
    header: 'Title',
    isRowHeader: true,
    minWidth: NAME_WIDTH,
    cell: ({ id, title, warnings }) => (
      <>
        <PageLink to={`/ssh-keys/${id}`}>
          <Name text={title} />
        </PageLink>
        {warnings.length > 0 && (
          <div>
            <StatusIndicator type="warning">May not work</StatusIndicator>
          </div>
        )}
      </>
    ),
  },
  { id: 'type', header: 'Type', cell: ({ type, bits }) => <TypeAndBits type={type} bits={bits} /> },
  {
    id: 'fingerprint',
    header: 'Fingerprint',
    isExtra: true,
    cell: ({ fingerprint }) => (
      <Box variant="code">
        <Id text={fingerprint} />
      </Box>
    ),
  },
  { id: 'createdAt', header: 'Added', isExtra: true, cell: ({ createdAt }) => <Moment at={createdAt} /> },
];

const SshKeysPage = () => {
  const pages = usePages('ssh-keys');
  const keys = useRead('listSshKeys', { cursor: pages.cursor });
  const add = (
    <PageButton to="/new/ssh-key" variant="primary">
      Add an SSH key
    </PageButton>
  );
  return (
    <Page
      title="SSH keys"
      description="Public keys for SSH access to your clusters. The private key never leaves your machine."
      actions={add}
    >
      <PagedTable
        name="SSH keys"
        query={keys}
        pages={pages}
        columns={COLUMNS}
        trackBy={({ id }) => id}
        header={<Header>Your keys</Header>}
        empty={
          <EmptyState
            title="No SSH keys yet"
            text="You need one to reach Jupyter and Zeppelin on a cluster."
            action={<PageButton to="/new/ssh-key">Add an SSH key</PageButton>}
          />
        }
      />
    </Page>
  );
};

export default SshKeysPage;
