/**
 * The SQLite library, in the version that this Node can load.
 *
 * Version 12 is built against Node's own headers; those of Node 24.19 and later make its finalizers abort the process at
 * some garbage collection (nodejs/node#65446). Version 13 uses Node-API and does not have the problem, but needs Node 22.
 * So Node 20 gets 12, which is why it is an optional dependency: where it is not needed, its build may fail.
 */
import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';

const firstWithNodeApi = 22;
const major = Number(process.versions.node.split('.')[0]);
const load = createRequire(import.meta.url);

/** The package that this Node can load. */
export const sqlitePackage = major >= firstWithNodeApi ? 'better-sqlite3-node-api' : 'better-sqlite3';

/** Opens databases: `new Sqlite(file, options)`. Both versions have the interface that is used here. */
export const Sqlite = load(sqlitePackage) as typeof Database;
