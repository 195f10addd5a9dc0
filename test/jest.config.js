/** Tests are compiled by SWC to CommonJS, which jest runs without experimental flags; `tsc` checks the types. */
function swc(jsc) {
  return ['@swc/jest', { jsc: { ...jsc, target: 'es2022' }, module: { type: 'commonjs' } }];
}

export default {
  rootDir: '..',
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.[cm]?[jt]s$': swc({ parser: { syntax: 'typescript' } }),
    '^.+\\.tsx$': swc({
      parser: { syntax: 'typescript', tsx: true },
      transform: { react: { runtime: 'automatic', importSource: 'preact' } },
    }),
  },
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // Its package file names no entry for `require`.
    '^canonicalize$': '<rootDir>/node_modules/canonicalize/lib/canonicalize.js',
    '^prettier$': '<rootDir>/test/support/noFormatter.cjs',
  },
  // These packages ship ES modules only.
  transformIgnorePatterns: [
    '/node_modules/(?!(uuid|canonicalize|file-type|strtok3|token-types|@tokenizer/inflate|@borewit/text-codec|uint8array-extras|hyparquet|hyparquet-writer)/)',
  ],
  testSequencer: '<rootDir>/test/support/longestFirst.cjs',
  testTimeout: 30_000,
  maxWorkers: 2,
};
