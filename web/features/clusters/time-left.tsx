import Box from '@cloudscape-design/components/box';

import type { ClusterView } from '../../../shared/contract/routes/clusters.ts';
import { elapsedText } from '../../lib/instant-text.ts';
import { useNow } from '../../lib/use-now.ts';

type Lease = Pick<ClusterView, 'isActive' | 'expiresAt' | 'isExpiringSoon'>;

/** Time until an active cluster expires. */
export const TimeLeft = ({ cluster: { isActive, expiresAt, isExpiringSoon } }: { readonly cluster: Lease }) => {
  const now = useNow();
  if (!isActive) return '–';
  const isOver = Date.parse(expiresAt) <= now;
  return (
    <Box variant="span" color={isExpiringSoon ? 'text-status-warning' : 'inherit'}>
      <span className="atmo-whole">{isOver ? '0 min' : elapsedText(new Date(now).toISOString(), expiresAt)}</span>
    </Box>
  );
};
