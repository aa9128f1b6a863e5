import { describe, expect, it } from 'vitest';

import { attachedImage } from '../../../web/features/notebooks/reading/attached-image.ts';
import { rasterImage } from '../../../web/features/notebooks/reading/raster-image.ts';
import { svgImage } from '../../../web/features/notebooks/reading/svg-image.ts';
import { png, svgBomb } from '../../notebooks/hostile-notebooks.ts';

const DOT = png(1, 1);

describe('an image of pixels', () => {
  it('is shown as data', () => {
    expect(rasterImage('image/png', `${DOT}\n`)).toEqual({ address: `data:image/png;base64,${DOT}` });
  });

  it.each([
    ['not base64', 'x" onerror="alert(1)', 'an image that cannot be read'],
    ['no image', btoa('<svg onload="alert(1)"/>'), 'an image that cannot be read'],
    ['too many pixels', png(60_000, 60_000), 'an image of 3600 megapixels'],
    ['too many bytes', 'A'.repeat(7_000_000), 'an image of more than 5 MB'],
  ])('is left out where it is %s', (_, data, refusal) => {
    expect(rasterImage('image/png', data)).toEqual({ refusal });
  });
});

describe('an SVG', () => {
  const svg = (content: string): string =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">${content}</svg>`;

  it('is shown as an image, with glyphs that are referred to as matplotlib does', () => {
    const plot = svg(
      `<defs><path id="a" d="M0 0"/></defs><g clip-path="url(#p)"><use xlink:href="#a"/></g><image href="data:image/png;base64,${DOT}"/><style>*{fill:red}</style><text>C:\\@</text>`,
    );
    expect(svgImage(plot)).toEqual({ address: `data:image/svg+xml,${encodeURIComponent(plot)}` });
  });

  it.each([
    ['references multiply', svgBomb()],
    ['references go in circles', svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>')],
    ['masks refer to masks', svg('<mask id="m"><g mask="url(#m)"/></mask>')],
    [
      'chain of references is longer than the stack',
      svg(Array.from({ length: 19_000 }, (_, at) => `<g id="i${at}" clip-path="url(#i${at + 1})"/>`).join('')),
    ],
    ['entities multiply', `<!DOCTYPE svg [<!ENTITY a "aaaa">]>${svg('&a;')}`],
    ['attributes are declared', `<!DOCTYPE svg [<!ATTLIST g clip-path CDATA "url(#c)">]>${svg('<g/>')}`],
    ['references are written in escapes', svg('<g style="mask:u\\72l(#m)"/>')],
    ['style sheet is written in escapes', svg('<style>*{mask:u\\72l(#m)}</style>')],
    ['first element of a name is the large one', svg(`${svgBomb()}<g id="l10"/>`)],
    ['names are written in escapes', svg('<use href="#%61"/>')],
    ['images are documents', svg('<image href="data:image/svg+xml,%3Csvg/%3E"/>')],
    ['images are too large', svg(`<image xlink:href="data:image/png;base64,${png(60_000, 60_000)}"/>`)],
    ['fills are documents', svg('<g fill="URL( \'data:image/svg+xml,%3Csvg/%3E#p\')"/>')],
    ['style sheet goes on behind an element', svg('<style><a/>*{mask:url(#m)}</style>')],
    ['parts move', svg('<animateTransform/>')],
    ['filters compute', svg('<filter id="f"><feTurbulence/></filter>')],
    ['documents are within it', svg('<foreignObject><iframe src="https://evil.example"/></foreignObject>')],
    ['style sheet refers to what it likes', svg('<style>*{mask:url(#m)}</style>')],
    ['elements stand too deep', svg('<g>'.repeat(5000))],
    ['elements are too many', svg('<g/>'.repeat(30_000))],
    ['text is no SVG', 'just words'],
  ])('is left out where its %s', (_, text) => {
    expect(svgImage(text)).toEqual({ refusal: 'an SVG image that is too complex' });
  });

  it('is left out where it is too long', () => {
    expect(svgImage(svg(' '.repeat(1_000_000)))).toEqual({ refusal: 'an SVG image of more than 1 MB' });
  });
});

describe('an image in Markdown', () => {
  it('is the one that is attached under its name, or written out', () => {
    const attachments = { 'a b.png': { 'image/png': DOT } };
    expect(attachedImage('attachment:a%20b.png', attachments)).toBe(`data:image/png;base64,${DOT}`);
    expect(attachedImage(`data:image/png;base64,${DOT}`, {})).toBe(`data:image/png;base64,${DOT}`);
  });

  it.each([
    'attachment:none.png',
    'attachment:constructor',
    'attachment:%',
    'https://e.example/a.png',
    'data:text/html;base64,AAAA',
  ])('is not loaded from elsewhere: %s', (address) => {
    expect(attachedImage(address, {})).toBeNull();
  });
});
