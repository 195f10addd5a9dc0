/** The stand-in as a process of its own, so that it does not share a core's event loop with what is measured. */
import { StandIn } from '../support/eventStoreStandIn/standIn.js';

const standIn = new StandIn();
await standIn.start();
process.stdout.write(`${standIn.connectionString}\n`);
