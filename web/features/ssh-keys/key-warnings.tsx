import Alert from '@cloudscape-design/components/alert';

/** Warnings about a key that was accepted. */
export const KeyWarnings = ({ warnings }: { readonly warnings: readonly string[] }) =>
  warnings.map((warning) => (
    <Alert key={warning} type="warning">
      {warning}
    </Alert>
  ));
