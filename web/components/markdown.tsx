import { compiler, type MarkdownToJSX } from 'markdown-to-jsx/react';
import type { ReactNode } from 'react';

const isWebAddress = (address: string): boolean => /^https?:\/\//i.test(address);

const Anchor = ({ href = '', children }: { readonly href?: string; readonly children?: ReactNode }) =>
  isWebAddress(href) ? (
    <a href={href} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ) : (
    <span>{children}</span>
  );

/** Images of unknown places are neither loaded nor hidden: the reader decides. */
const ImageLink = ({ src = '', alt = '' }: { readonly src?: string; readonly alt?: string }) => (
  <Anchor href={src}>{alt === '' ? 'Image' : `Image: ${alt}`}</Anchor>
);

const heading = (level: 3 | 4 | 5 | 6) => ({ component: `h${level}` as const });

/** Raw HTML stays text; headings go below those of the page. */
const OPTIONS: MarkdownToJSX.Options = {
  disableParsingRawHTML: true,
  forceBlock: true,
  overrides: {
    a: { component: Anchor },
    img: { component: ImageLink },
    h1: heading(3),
    h2: heading(4),
    h3: heading(5),
    h4: heading(6),
    h5: heading(6),
    h6: heading(6),
    input: { component: () => null },
  },
};

/** Markdown from people, as elements: nothing in it becomes markup, script or a request. */
const Markdown = ({ text }: { readonly text: string }) => (
  <div className="atmo-markdown">{compiler(text, OPTIONS)}</div>
);

export default Markdown;
