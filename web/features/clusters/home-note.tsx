import Box from '@cloudscape-design/components/box';

import type { LaunchPresets } from './presets-like.ts';

/** What becomes of files when the cluster terminates. */
export const HomeNote = ({ homes }: Pick<LaunchPresets, 'homes'>) => (
  <div className="atmo-beside-none">
    <Box color="text-body-secondary">
      {homes.areKept
        ? `Your home directory ~/work stays when the cluster terminates. Only your own clusters reach it. This deployment has room for the homes of about ${homes.atMost} people who use them within a month.`
        : 'This deployment keeps no home directories: what is not in S3 or on your machine is lost when the cluster terminates.'}
    </Box>
  </div>
);
