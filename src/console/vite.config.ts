/** Builds the console into `dist/console`, after the compiler has built the rest into `dist`. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { chartPlugin } from './build/chart/chartPlugin.js';
import { compressed } from './build/compressed.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('.'),
  base: '/console/',
  publicDir: here('public'),
  logLevel: 'warn',
  plugins: [chartPlugin(), compressed()],
  build: {
    outDir: here('../../dist/console'),
    emptyOutDir: true,
    target: ['chrome123', 'firefox125', 'safari18'],
    // Small images would become data: addresses, which the Content-Security-Policy has no place for.
    assetsInlineLimit: 0,
    // Browsers that can run this have it; its substitute would be one more file to load first.
    modulePreload: { polyfill: false },
    rolldownOptions: { input: { console: here('index.html'), example: here('example/index.html') } },
  },
});
