import type { Bar } from './bars.ts';

/** What a bar is made of, each as long as its share of the scale. */
export const PartsOfBar = ({ bar: { parts }, top }: { readonly bar: Pick<Bar, 'parts'>; readonly top: number }) =>
  parts.map(({ look, amount }) => (
    <i key={look} data-look={look} style={{ '--atmo-part': `${(100 * amount) / top}%` } as object} />
  ));
