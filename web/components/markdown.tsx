import { useMemo } from 'react';

import { MarkupView } from './markup/markup-view.tsx';
import { readMarkdown } from './markup/read-markdown.ts';

/** Markdown from people, as elements: nothing in it becomes HTML, script or a request. */
const Markdown = ({ text }: { readonly text: string }) => {
  const markup = useMemo(() => readMarkdown(text), [text]);
  return <MarkupView markup={markup} />;
};

export default Markdown;
