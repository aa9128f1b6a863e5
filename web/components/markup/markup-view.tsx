import { createElement, type ReactNode } from 'react';

import type { Markup } from './markup.ts';

const nodeOf = (markup: Markup, key: number): ReactNode => {
  if (typeof markup === 'string') return markup;
  const { tag, properties, style, children } = markup;
  return createElement(tag, { ...properties, style, key }, ...children.map(nodeOf));
};

/** Untrusted text as elements: nothing in it becomes HTML, script or a request. */
export const MarkupView = ({ markup }: { readonly markup: readonly Markup[] }) => (
  <div className="atmo-markdown">{markup.map(nodeOf)}</div>
);
