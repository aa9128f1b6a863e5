import Box from '@cloudscape-design/components/box';

import type { ClusterView } from '../../shared/contract/cluster.ts';
import { isExpired, isExpiringSoon } from '../../shared/domain/expiring.ts';
import { toInstant } from '../../shared/domain/instant.ts';
import { elapsedText } from '../lib/instant-text.ts';
import { useNow } from '../lib/use-now.ts';

type Lease = Pick<ClusterView, 'isActive' | 'expiresAt'>;

/** Time until an active cluster or session expires. */
export const TimeLeft = ({ of: { isActive, expiresAt } }: { readonly of: Lease }) => {
  const now = useNow();
  if (!isActive) return '–';
  const instant = toInstant(now);
  const isSoon = isExpiringSoon({ expiresAt }, instant);
  return (
    <Box variant="span" color={isSoon ? 'text-status-warning' : 'inherit'}>
      <span className="atmo-whole">
        {isExpired({ expiresAt }, instant) ? '0 min' : elapsedText(instant, expiresAt)}
      </span>
    </Box>
  );
};
