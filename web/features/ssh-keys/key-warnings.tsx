import Alert from '@cloudscape-design/components/alert';

/** What the portal found odd about a key that it took. */
export const KeyWarnings = ({ warnings }: { readonly warnings: readonly string[] }) =>
  warnings.map((warning) => (
    <Alert key={warning} type="warning">
      {warning}
    </Alert>
  ));
