import Button from '@cloudscape-design/components/button';
import { useState } from 'react';

/** Characters up to which a text is short enough to be shown whole everywhere. */
const SHORT = 240;

const isLong = (text: string): boolean => text.length > SHORT || text.split('\n').length > 3;

/** A text of a person's own, its lines kept; a long one shows its beginning, and the rest when asked. */
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
