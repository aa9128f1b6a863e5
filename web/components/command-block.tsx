import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';

/** A command or a file's text, ready to copy. */
export const CommandBlock = ({ label, text }: { readonly label: string; readonly text: string }) => (
  <div className="atmo-command">
    {/* A scrolling region must be reachable by keyboard. */}
    {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
    <pre tabIndex={0} aria-label={label}>
      {text}
    </pre>
    <CopyToClipboard
      variant="button"
      copyButtonText="Copy"
      copyButtonAriaLabel={`Copy ${label}`}
      textToCopy={text}
      copySuccessText="Copied"
      copyErrorText="Your browser blocked the copy. Select the text instead."
    />
  </div>
);
