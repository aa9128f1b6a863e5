import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';

/** An option is kept whole: a browser may end a line after its hyphen. */
const OPTION = /^-\S{1,20}$/;

/** A command or a file's text, ready to copy. */
export const CommandBlock = ({ label, text }: { readonly label: string; readonly text: string }) => (
  <div className="atmo-command">
    {/* A scrolling region must be reachable by keyboard. */}
    {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
    <pre tabIndex={0} aria-label={label}>
      {[...text.matchAll(/\S+|\s+/g)].map(({ 0: part, index }) =>
        OPTION.test(part) ? (
          <span key={index} className="atmo-whole">
            {part}
          </span>
        ) : (
          part
        ),
      )}
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
