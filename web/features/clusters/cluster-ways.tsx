import SpaceBetween from '@cloudscape-design/components/space-between';

import type { ClusterView } from '../../../shared/contract/cluster.ts';
import { ClusterAccessHelp } from './cluster-access-help.tsx';
import { ClusterConnection, mayConnect } from './cluster-connection.tsx';
import { ForeignKey } from './foreign-key.tsx';
import { NoHome } from './no-home.tsx';
import { NoSsh } from './no-ssh.tsx';

/** How an active cluster is reached, and what is in the way. Null where there is nothing to tell, so that no place is kept. */
export const ClusterWays = ({ cluster }: { readonly cluster: ClusterView }) => {
  const { access, isActive, allowsSsh, keyOwner, home } = cluster;
  const isClear = access === null && !mayConnect(cluster) && allowsSsh && keyOwner === null && home.problem === null;
  if (!isActive || isClear) return null;
  return (
    <SpaceBetween size="l">
      {access !== null && <ClusterAccessHelp access={access} />}
      <ClusterConnection cluster={cluster} />
      {!allowsSsh && <NoSsh />}
      {keyOwner !== null && <ForeignKey keyOwner={keyOwner} />}
      {home.problem !== null && <NoHome problem={home.problem} />}
    </SpaceBetween>
  );
};
