import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';

interface CopiedTextProps {
  /** What it is, as in "Copy the state". */
  readonly what: string;
  readonly text: string;
}

/** An id or a word of AWS's, with a button that copies it. */
export const CopiedText = ({ what, text }: CopiedTextProps) => (
  <CopyToClipboard
    variant="inline"
    textToCopy={text}
    copyButtonAriaLabel={`Copy the ${what}`}
    copySuccessText="Copied"
    copyErrorText="Your browser blocked the copy. Select the text instead."
  />
);
