import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

import { inlineRoutePaths } from './build/inline-route-paths.ts';
import { onlyUsedIcons } from './build/only-used-icons.ts';
import { onlyUsedMessages } from './build/only-used-messages.ts';
import { withoutEmbeddedFonts } from './build/without-embedded-fonts.ts';
import { withoutJsonSchema } from './build/without-json-schema.ts';

/** Small modules that nearly every page uses, and what is within them. */
const COMMON =
  /\/(shared\/domain\/(workload|engine|instant|cost|month|cluster|spark-job|bounded-text)|shared\/contract\/pages|web\/lib\/(amounts|instant-text|use-media|use-now|month-forecast)|web\/features\/(clusters\/(time-left|cluster-columns|cluster-state)|spark-jobs\/(is-live|newest-run|recent-runs|spark-job-columns|spark-job-state|upload-notebook)|runs\/run-state|sessions\/session-state)|web\/components\/(page|links|moment|state|name|empty-state|cost-so-far|budget-bar|on-phones|focusable-when-scrolling|place-popover|plain-table|shown-columns))\.tsx?$/;

/**
 * Builds the pages: `vite build web` from the repository's root writes `dist/web`, `--outDir` with an absolute path
 * writes elsewhere. What it writes is static: `index.html` answers every path that is neither a file nor the API's, files
 * under `assets/` carry a hash of their content in their name.
 */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    react(),
    inlineRoutePaths(),
    onlyUsedMessages(),
    onlyUsedIcons(),
    withoutEmbeddedFonts(),
    withoutJsonSchema(),
  ],
  resolve: {
    // Cloudscape's messages come parsed: 11 kB of every page over the wire for a parser that is never called.
    alias: [
      {
        find: /^@formatjs\/icu-messageformat-parser$/,
        replacement: '@formatjs/icu-messageformat-parser/lib/no-parser.js',
      },
    ],
  },
  worker: {
    rolldownOptions: {
      // Loads WebAssembly as it is imported, which the content security policy refuses; nothing uses it.
      treeshake: { moduleSideEffects: (id) => !id.endsWith('/hyparquet-compressors/src/compressors.js') },
    },
  },
  build: {
    outDir: fileURLToPath(new URL('../dist/web', import.meta.url)),
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy allows files of our own origin, not `data:` images or fonts made by the build.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'base', tags: ['$initial'] },
            { name: 'common', test: COMMON },
          ],
        },
      },
    },
  },
});
