import Alert from '@cloudscape-design/components/alert';

/** Why a cluster has no home directory although this deployment keeps them. */
export const NoHome = ({ problem }: { readonly problem: string }) => (
  <Alert type="warning" header="This cluster has no home directory">
    {problem} What is not in S3 or on your machine is lost when the cluster terminates; files of your other clusters are
    not here.
  </Alert>
);
