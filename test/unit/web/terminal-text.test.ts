import { describe, expect, it } from 'vitest';

import { withoutEscapes } from '../../../web/features/notebooks/reading/terminal-text.ts';

describe('terminal text', () => {
  it.each([
    ['colours and cursor movements', '\u001b[1;31mred\u001b[0m \u001b[2K\u001b[?25lend', 'red end'],
    ['hyperlinks', 'see \u001b]8;id=1;https://example.com\u001b\\docs\u001b]8;;\u001b\\ end', 'see docs end'],
    ['titles ended by a bell', '\u001b]0;a title\u0007text', 'text'],
    ['designations of character sets', '\u001b(Btext\u001b)0', 'text'],
    ['device control strings', 'a\u001bPq#0;2;0\u001b\\b', 'ab'],
    ['codes of eight bits', '\u009b31mred\u009b0m \u009d0;title\u009ctext', 'red text'],
    ['saved cursors and resets', '\u001b7a\u001b8\u001bcb', 'ab'],
    ['codes that are cut off', 'a\u001b[31', 'a'],
    ['bells and nulls', 'a\u0007b\u0000c', 'abc'],
  ])('has no %s', (_, text, left) => {
    expect(withoutEscapes(text)).toBe(left);
  });

  it('does not lose what follows a string without an end', () => {
    expect(withoutEscapes('a\u001b]8;;https://example.com\nb\nc')).toBe('a\nb\nc');
  });

  it('keeps of each line what was written last in each place', () => {
    expect(withoutEscapes('10%\r50%\r100%\ndone\r\nend')).toBe('100%\ndone\nend');
    expect(withoutEscapes('12345\rab')).toBe('ab345');
    expect(withoutEscapes('100%\r')).toBe('100%');
    expect(withoutEscapes('12\b\b\b34')).toBe('34');
    expect(withoutEscapes('|\b/\b-\bdone')).toBe('done');
  });

  it('keeps tabs, line ends, and letters of every script', () => {
    expect(withoutEscapes('a\tb\nzażółć 日本 🚀\n')).toBe('a\tb\nzażółć 日本 🚀\n');
  });

  it('takes no longer for the last of a million pieces than for the first', () => {
    expect(withoutEscapes('\u001b]'.repeat(500_000))).toBe('');
    expect(withoutEscapes(`${'\u001b['.repeat(500_000)}m`)).toBe('');
    expect(withoutEscapes(`${'50%\r'.repeat(500_000)}100%`)).toBe('100%');
  });
});
