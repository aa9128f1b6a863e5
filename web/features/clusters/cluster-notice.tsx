import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';

import type { ClusterView } from '../../../shared/contract/routes/clusters.ts';
import { PageButton } from '../../components/links.tsx';
import { failureInWords } from './end-of-cluster.ts';

/** What its owner should know or do now. */
export const ClusterNotice = ({ cluster }: { readonly cluster: ClusterView }) => {
  const { isFailed, isActive, isReady, isExpiringSoon, statusReason, termination } = cluster;
  if (isFailed)
    return (
      <Alert
        type="error"
        header="The cluster failed"
        action={<PageButton to="/new/cluster">Launch another one</PageButton>}
      >
        {failureInWords(statusReason)}
        {statusReason !== null && (
          <Box fontSize="body-s">
            EMR says {statusReason.code}: {statusReason.message}
          </Box>
        )}
      </Alert>
    );
  if (!isActive || termination !== null) return null;
  if (isExpiringSoon)
    return (
      <Alert type="warning" header="Its time is nearly up">
        The cluster terminates by itself soon, and what is not in its home directories or in S3 is lost. Extend it if
        you need it longer.
      </Alert>
    );
  if (!isReady)
    return (
      <Alert type="info">
        EMR is preparing the machines, which takes about ten minutes. This page follows it; you may leave it open.
      </Alert>
    );
  return null;
};
