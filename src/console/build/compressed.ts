/** Writes each file of a build also compressed, so that the service need not do it at each request. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

const worthIt = /\.(?:js|mjs|css|html|svg|json|wasm)$/;
/** Less than this goes in one packet anyway, in bytes. */
const least = 1_024;

export function compressed(): Plugin {
  return {
    name: 'gatehouse:compressed',
    apply: 'build',
    writeBundle({ dir = '' }, bundle) {
      for (const name of Object.keys(bundle).filter((file) => worthIt.test(file))) {
        const file = join(dir, name);
        const bytes = readFileSync(file);
        if (bytes.length < least) continue;
        const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
        writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params }));
        writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
      }
    },
  };
}
