import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import { Fragment } from 'react';

interface CopiedTextProps {
  /** What it is, as in "Copy the state". */
  readonly what: string;
  readonly text: string;
}

/** Broken after an underline where it must be, since it is wider than a column on a phone. */
const Breakable = ({ text }: Pick<CopiedTextProps, 'text'>) => (
  <span className="atmo-anywhere">
    {[...text.matchAll(/[^_]+_*|_+/g)].map(({ 0: part, index }) => (
      <Fragment key={index}>
        {index > 0 && <wbr />}
        {part}
      </Fragment>
    ))}
  </span>
);

/** A word of AWS's, with a button that copies it. */
export const CopiedText = ({ what, text }: CopiedTextProps) => (
  <CopyToClipboard
    variant="inline"
    textToCopy={text}
    textToDisplay={<Breakable text={text} />}
    copyButtonAriaLabel={`Copy the ${what}`}
    copySuccessText="Copied"
    copyErrorText="Your browser blocked the copy. Select the text instead."
  />
);
