import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';

import { Id } from './id.tsx';

interface IdToCopyProps {
  /** What it is, as in "Copy the cluster id". */
  readonly what: string;
  readonly text: string;
}

/** An id with a button that copies all of it, also where it is shortened. */
export const IdToCopy = ({ what, text }: IdToCopyProps) => (
  <CopyToClipboard
    variant="inline"
    wrapText={false}
    textToCopy={text}
    textToDisplay={<Id text={text} />}
    copyButtonAriaLabel={`Copy the ${what}`}
    copySuccessText="Copied"
    copyErrorText="Your browser blocked the copy. Select the text instead."
  />
);
