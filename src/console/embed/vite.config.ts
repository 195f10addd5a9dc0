/** Builds the elements for dashboards into one file, `dist/embed/gatehouse.js`, that any page can load. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { compressed } from '../build/compressed.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  publicDir: false,
  logLevel: 'warn',
  plugins: [compressed()],
  build: {
    outDir: here('../../../dist/embed'),
    emptyOutDir: true,
    target: ['chrome111', 'firefox115', 'safari16.4'],
    // Vite leaves modules for other builds to shorten; this one goes to browsers as it is.
    rolldownOptions: { output: { minify: true } },
    lib: { entry: here('main.ts'), formats: ['es'], fileName: () => 'gatehouse.js' },
  },
});
