import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';

/** What to ask for where the deployment lets nobody in by SSH. */
export const NoSsh = () => (
  <Alert type="info" header="This deployment allows no SSH access">
    Jupyter and Zeppelin on a cluster are reached through SSH, and no address range is allowed to connect. Ask the
    people who run the portal to add the range of your network to the stage setting{' '}
    <Box variant="code" display="inline">
      emr.sshRanges
    </Box>
    .
  </Alert>
);
