import { createElement, type ReactNode } from 'react';

import { focusableWhenScrolling } from '../focusable-when-scrolling.ts';
import type { Markup, MarkupElement } from './markup.ts';

const mayScroll = ({ tag, properties }: MarkupElement): boolean =>
  tag === 'pre' || tag === 'table' || properties?.['className'] === 'atmo-formula';

const nodeOf = (markup: Markup, key: number): ReactNode => {
  if (typeof markup === 'string') return markup;
  const { tag, properties, style, children } = markup;
  const ref = mayScroll(markup) ? focusableWhenScrolling : undefined;
  return createElement(tag, { ...properties, style, key, ref }, ...children.map(nodeOf));
};

/** Untrusted text as elements: nothing in it becomes HTML, script or a request. */
export const MarkupNodes = ({ markup }: { readonly markup: readonly Markup[] }) => markup.map(nodeOf);

export const MarkupView = ({ markup }: { readonly markup: readonly Markup[] }) => (
  <div className="atmo-markdown">
    <MarkupNodes markup={markup} />
  </div>
);
