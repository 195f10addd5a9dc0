/**
 * Imports point one way: events ← policy ← machines ← commands ← app ← edges; events, policy ← projections. Ports know
 * events only; an adapter knows its port and its one client library; only main.ts with its parts, the CLI and tests name an adapter.
 */
const adapters = '^src/eventStore/(sqlite|esdb|eventStoreDb)|^src/evidence/(disk|s3)\\.ts$';
const evidencePort = ['^src/evidence/(evidenceStore|spool)\\.ts$'];
const ports = ['^src/eventStore/(eventStore|consumerGroups)\\.ts$', '^src/eventStore/endable\\.ts$'];
const edges = '^src/(http|cli|console|processes)/|^src/(main|parts|outside)\\.ts$';

/** What the client in process shares with the server, so that both give the same answers. */
const pureGate = [
  '^src/gateFeed/wire\\.ts$',
  '^src/policy/(gate|gateView|requirements|status)\\.ts$',
  '^src/events/(vocabulary|record)\\.ts$',
];

/** A folder that may import only from itself, these places, and these packages. */
function only(name, folder, allowed, packages = []) {
  const npm = packages.map((pkg) => `node_modules/${pkg}/`);
  return { name, severity: 'error', from: { path: folder }, to: { pathNot: [folder, ...allowed, ...npm] } };
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only('events-know-only-the-port', '^src/events/', ['^src/eventStore/eventStore\\.ts$'], ['zod']),
    only('policy-knows-events', '^src/policy/', ['^src/events/'], ['zod']),
    only('machines-know-events-and-policy', '^machines/', ['^src/events/', '^src/policy/'], ['xstate']),
    only('commands-know-the-chart', '^src/commands/', ['^src/events/', '^src/policy/', '^machines/'], ['zod']),
    only('backtest-decides-again', '^src/backtest/', ['^src/events/', '^src/policy/', '^machines/', '^src/commands/']),
    only('analytics-know-journeys', '^src/analytics/', ['^src/events/', '^projections/']),
    only('projections-know-events-and-policy', '^projections/', ['^src/events/', '^src/policy/']),
    only('the-ports-know-nothing', ports[0], []),
    only(
      'the-embedded-adapter-knows-ports-and-its-client',
      '^src/eventStore/sqlite',
      [...ports, '^src/sqlite\\.ts$', '^(events|timers/promises)$'],
      ['better-sqlite3', '@types/better-sqlite3'],
    ),
    only(
      'the-eventstoredb-adapter-knows-ports-and-its-client',
      '^src/eventStore/(esdb|eventStoreDb)',
      [...ports, '^(fs|events|module|timers/promises)$'],
      ['@eventstore/db-client', 'zod'],
    ),
    only('the-evidence-port-knows-nothing', '^src/evidence/evidenceStore\\.ts$', ['^stream$']),
    only('the-evidence-folder-knows-its-port', '^src/evidence/(disk|spool)\\.ts$', [
      ...evidencePort,
      '^(fs|fs/promises|path|crypto)$',
    ]),
    only(
      'the-evidence-bucket-knows-its-port-and-its-client',
      '^src/evidence/s3\\.ts$',
      [...evidencePort, '^(fs|fs/promises|stream|timers/promises)$'],
      ['@aws-sdk/client-s3'],
    ),
    only(
      'what-is-checked-and-signed-is-pure',
      '^src/audit/(merkle|leaves|findings|checkEvent|checkpoint)\\.ts$',
      ['^src/events/', '^src/app/seal\\.ts$', '^src/eventStore/eventStore\\.ts$', '^(crypto|timers/promises|uuid)$'],
      ['canonicalize', 'zod'],
    ),
    only('the-outside-verifier-shares-no-code', '^src/audit/verifyBundle\\.mjs$', ['^(crypto|fs|url)$']),
    // What reaches out of the process knows nothing of what it is reached out for.
    only(
      'the-network-knows-nothing-of-the-product',
      '^src/net/',
      ['^(dns|dns/promises|net|tls|http|https|stream|stream/promises|zlib|timers/promises|url)$'],
      ['undici', 'ipaddr.js'],
    ),
    {
      name: 'services-know-no-edge',
      severity: 'error',
      from: { path: '^src/(domains|screening|evidence|mail|webhooks|gateFeed|history|audit|export|backtestRuns)/' },
      to: { path: ['^src/(http|cli|console|processes)/', '^src/(main|parts|outside)\\.ts$'] },
    },
    {
      name: 'processes-know-no-other-edge',
      severity: 'error',
      from: { path: '^src/processes/' },
      to: { path: ['^src/(http|cli|console)/', '^src/(main|parts|outside)\\.ts$'] },
    },
    only('what-is-exported-follows-from-events', '^src/export/(request|table|eventTable|transitionTable)\\.ts$', [
      '^src/events/',
      '^src/policy/status\\.ts$',
      '^src/eventStore/eventStore\\.ts$',
    ]),
    only(
      'the-client-knows-the-pure-gate',
      '^src/client/',
      [...pureGate, '^(timers/promises|stream/web)$'],
      ['eventsource-parser'],
    ),
    // It has no other way in than the public HTTP API. What is written in JSX is held to this by test/house.
    only(
      'the-console-knows-itself',
      '^src/console/(?!build/|(embed/)?vite)',
      [],
      ['preact', 'preact-iso', '@preact/signals', 'openapi-fetch', 'eventsource-parser', 'pdfjs-dist', 'uplot'],
    ),
    only(
      'read-models-know-projections-and-the-port',
      '^src/readModels/',
      ['^projections/', '^src/eventStore/eventStore\\.ts$', '^src/events/', '^src/sqlite\\.ts$', '^timers/promises$'],
      ['better-sqlite3', '@types/better-sqlite3', 'lru-cache'],
    ),
    {
      name: 'app-knows-no-edge',
      severity: 'error',
      from: { path: '^src/app/' },
      to: { path: [edges, '^projections/', '^src/readModels/', '^src/access/'] },
    },
    {
      name: 'only-main-the-cli-and-tests-name-an-adapter',
      severity: 'error',
      from: { pathNot: ['^src/(main|parts|outside)\\.ts$', '^src/cli/', '^test/', adapters] },
      to: { path: adapters },
    },
    {
      name: 'http-does-not-know-the-cli',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: ['^src/cli/', '^src/(main|parts|outside)\\.ts$'] },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-test-in-the-product', severity: 'error', from: { pathNot: '^test/' }, to: { path: '^test/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // The parser reads no JSX.
    exclude: { path: '\\.tsx$' },
    tsPreCompilationDeps: true,
    parser: 'swc',
  },
};
