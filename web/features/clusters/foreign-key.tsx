import Alert from '@cloudscape-design/components/alert';

/** Of a cluster that was transferred while it ran. */
export const ForeignKey = ({ keyOwner }: { readonly keyOwner: string }) => (
  <Alert type="info" header={`Only the SSH key of ${keyOwner} opens this cluster`}>
    It was transferred while it ran, and EMR takes keys at the launch only. What runs on it goes on; its owner can
    extend and terminate it. Launch one like this to work in Jupyter or Zeppelin.
  </Alert>
);
