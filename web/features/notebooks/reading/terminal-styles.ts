import anser, { type AnserJsonEntry } from 'anser';

import { element, type Markup } from '../../../components/markup/markup.ts';
import { MAX_STYLED } from '../../../lib/viewer-bounds.ts';
import { withoutEscapes, withStylesOnly } from './terminal-text.ts';

type Rgb = readonly [red: number, green: number, blue: number];

const HUES = ['red', 'yellow', 'green', 'cyan', 'blue', 'magenta'] as const;
const NAMES = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;

/** Saturation below which a colour is a grey. */
const GREY = 40;

/** The named colour nearest to one that could be unreadable on our background; null for greys. */
const nearest = ([red, green, blue]: Rgb): string | null => {
  const most = Math.max(red, green, blue);
  const range = most - Math.min(red, green, blue);
  if (range < GREY) return null;
  const turn =
    most === red ? (green - blue) / range : most === green ? 2 + (blue - red) / range : 4 + (red - green) / range;
  return HUES[(Math.round(turn) + 6) % 6] ?? null;
};

/** Xterm's palette: the 16 named colours, a cube of 6 x 6 x 6, and greys. */
const ofPalette = (index: number): string | null => {
  if (index < 16) return NAMES[index % 8] ?? null;
  if (index > 231) return null;
  const at = index - 16;
  return nearest([Math.floor(at / 36) * 51, (Math.floor(at / 6) % 6) * 51, (at % 6) * 51]);
};

const named = (colour: string | null, truecolor: string | null): string | null => {
  const name = /^ansi-(?:bright-)?([a-z]+)$/.exec(colour ?? '')?.[1];
  const index = /^ansi-palette-(\d+)$/.exec(colour ?? '')?.[1];
  // anser leaves the last one there when another kind of colour follows.
  if (colour === 'ansi-truecolor' && truecolor !== null) {
    const [red = 0, green = 0, blue = 0] = truecolor.split(',').map(Number);
    return nearest([red, green, blue]);
  }
  return index === undefined ? (name ?? null) : ofPalette(Number(index));
};

const classOf = ({ fg, fg_truecolor, bg, bg_truecolor, decorations }: AnserJsonEntry): string => {
  const ground = named(bg, bg_truecolor);
  const colour = named(fg, fg_truecolor);
  return [
    // On a coloured ground the text keeps its own colour: two of them together are often unreadable.
    ...(ground !== null ? [`atmo-ground-${ground}`] : colour === null ? [] : [`atmo-ink-${colour}`]),
    ...decorations.map((decoration) => `atmo-${decoration}`),
  ].join(' ');
};

/** A terminal's text without escapes, and with its colours where it has any. */
export const styledText = (text: string): { readonly text: string; readonly styled: readonly Markup[] | null } => {
  const plain = withoutEscapes(text);
  const coloured = withStylesOnly(text);
  if (coloured === plain) return { text: plain, styled: null };
  const entries = anser.ansiToJson(coloured, { use_classes: true, remove_empty: true });
  if (entries.length > MAX_STYLED) return { text: plain, styled: null };
  return {
    text: plain,
    styled: entries.map((entry) => {
      const className = classOf(entry);
      return className === '' ? entry.content : element('span', [entry.content], { className });
    }),
  };
};
