import { useQueryClient } from '@tanstack/react-query';

import type { SparkJobView } from '../../../shared/contract/spark-job.ts';
import { useChange, useRead } from '../../lib/use-route.ts';
import { foreseenGrants } from './foreseen-grants.ts';
import { SharingPanel } from './sharing-panel.tsx';

const SparkJobSharing = ({ job: { identifier, owner, permissions } }: { readonly job: SparkJobView }) => {
  const client = useQueryClient();
  const query = useRead('getSparkJobGrants', { identifier });
  const queryKey = ['getSparkJobGrants', { identifier }];
  const { mutateAsync } = useChange('putSparkJobGrants', {
    foresees: foreseenGrants(queryKey, query.data),
    onDone: (grants) => client.setQueryData(queryKey, grants),
  });
  return (
    <SharingPanel
      standing={[
        { who: owner, may: 'Everything: the owner' },
        { who: 'Admins', may: 'View, manage and share' },
        { who: 'Job maintainers', may: 'View and run now' },
      ]}
      query={query}
      mayShare={permissions.includes('share')}
      onSave={(grants) => mutateAsync({ identifier, grants })}
    />
  );
};

export default SparkJobSharing;
