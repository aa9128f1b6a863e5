import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

import { inlineRoutePaths } from './build/inline-route-paths.ts';
import { onlyUsedMessages } from './build/only-used-messages.ts';
import { withoutEmbeddedFonts } from './build/without-embedded-fonts.ts';
import { withoutJsonSchema } from './build/without-json-schema.ts';

/**
 * Builds the pages: `vite build web` from the repository's root writes `dist/web`, `--outDir` with an absolute path
 * writes elsewhere. What it writes is static: `index.html` answers every path that is neither a file nor the API's, files
 * under `assets/` carry a hash of their content in their name.
 */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), inlineRoutePaths(), onlyUsedMessages(), withoutEmbeddedFonts(), withoutJsonSchema()],
  build: {
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy allows files of our own origin, not `data:` images or fonts made by the build.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
