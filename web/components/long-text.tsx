import Button from '@cloudscape-design/components/button';
import { useState } from 'react';

/** Characters; a text up to this length is shown whole. */
const SHORT = 240;

const isLong = (text: string): boolean => text.length > SHORT || text.split('\n').length > 3;

/** A text written by a person, with its line breaks. A long text is cut, with a button that shows the rest. */
export const LongText = ({ text }: { readonly text: string }) => {
  const [isWhole, setIsWhole] = useState(false);
  if (!isLong(text)) return <span className="atmo-description">{text}</span>;
  return (
    <>
      <span className={`atmo-description${isWhole ? '' : ' atmo-shortened'}`}>{text}</span>
      <Button variant="inline-link" ariaExpanded={isWhole} onClick={() => setIsWhole(!isWhole)}>
        {isWhole ? 'Show less' : 'Show all'}
      </Button>
    </>
  );
};
