import { describe, expect, it } from 'vitest';

import { styledText } from '../../../web/features/notebooks/reading/terminal-styles.ts';

const classesOf = (text: string): readonly unknown[] =>
  (styledText(text).styled ?? []).map((part) =>
    typeof part === 'string' ? part : [part.children[0], part.properties?.['className']],
  );

describe('colours of a terminal', () => {
  it('become named ones, which our own theme can show', () => {
    expect(
      classesOf(
        'a\u001b[1;31mred\u001b[0m \u001b[38;5;46mgreen\u001b[38;2;10;20;200mblue\u001b[38;5;240mgrey\u001b[0m b',
      ),
    ).toEqual([
      'a',
      ['red', 'atmo-ink-red atmo-bold'],
      ' ',
      ['green', 'atmo-ink-green'],
      ['blue', 'atmo-ink-blue'],
      'grey',
      ' b',
    ]);
  });

  it('leave the text its own colour on a coloured ground', () => {
    expect(classesOf('\u001b[31;43mx\u001b[0m')).toEqual([['x', 'atmo-ground-yellow']]);
  });

  it('stay with what a progress bar wrote last', () => {
    expect(classesOf('\u001b[31m10%\r\u001b[32m99%\u001b[0m')).toEqual([['99%', 'atmo-ink-green']]);
  });

  it('are left out where they would be more than a page can show', () => {
    const text = '\u001b[31ma\u001b[32mb'.repeat(5000);
    expect(styledText(text)).toEqual({ text: 'ab'.repeat(5000), styled: null });
  });

  it('are no markup, and there is none in what they colour', () => {
    expect(classesOf('\u001b[31m<img src=x>\u001b[0m')).toEqual([['<img src=x>', 'atmo-ink-red']]);
  });
});
