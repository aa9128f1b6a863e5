import type { Plugin } from 'vite';

/**
 * Cloudscape's global styles carry Open Sans as 170 kB of base64. The pages use the fonts of the system instead, which
 * Cloudscape's own font list falls back to.
 */
export const withoutEmbeddedFonts = (): Plugin => ({
  name: 'atmo:without-embedded-fonts',
  enforce: 'pre',
  transform: {
    filter: { id: /@cloudscape-design\/global-styles\/index\.css/ },
    handler: (css) => css.replaceAll(/@font-face\s*\{[^}]*\}/g, ''),
  },
});
