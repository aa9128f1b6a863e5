import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { isExpiringSoon } from '../../../shared/domain/expiring.ts';
import { toInstant } from '../../../shared/domain/instant.ts';
import { PageButton, PageLink } from '../../components/links.tsx';
import { useNow } from '../../lib/use-now.ts';
import { failureInWords } from './end-of-cluster.ts';

/** Which tab tells more of a failure, by EMR's reason. */
const TELLING: Readonly<Record<string, readonly [tab: string, text: string]>> = {
  BOOTSTRAP_FAILURE: ['bootstrap-log', 'Read the bootstrap log'],
  STEP_FAILURE: ['steps', 'See the steps'],
};

const WhereToRead = ({ cluster: { id, statusReason } }: { readonly cluster: ClusterView }) => {
  const [tab, text] = TELLING[statusReason?.code ?? ''] ?? [];
  return tab === undefined ? null : <PageLink to={`/clusters/${id}?tab=${tab}`}>{text}</PageLink>;
};

/** A notice for the owner about the cluster's state. */
export const ClusterNotice = ({ cluster }: { readonly cluster: ClusterView }) => {
  const now = useNow();
  const { isFailed, isActive, statusReason, termination } = cluster;
  if (isFailed)
    return (
      <Alert
        type="error"
        header="The cluster failed"
        action={<PageButton to="/new/cluster">Launch another cluster</PageButton>}
      >
        {failureInWords(statusReason)} <WhereToRead cluster={cluster} />
        {statusReason !== null && (
          <Box fontSize="body-s">
            EMR says {statusReason.code}: {statusReason.message}
          </Box>
        )}
      </Alert>
    );
  if (!isActive || termination !== null) return null;
  if (isExpiringSoon(cluster, toInstant(now)))
    return (
      <Alert type="warning" header="The cluster expires soon">
        It will be terminated, and files that are only on it will be lost. Extend it if you need it longer.
      </Alert>
    );
  return null;
};
