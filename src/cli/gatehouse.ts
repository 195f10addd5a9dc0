#!/usr/bin/env node
/** The program `gatehouse`: parse, call, answer. */
import { Command, CommanderError } from 'commander';
import { ConfigError } from '../config.js';
import { LogsDiffer } from '../app/copyLog.js';
import { UnfoldableEvent } from '../../machines/fold.js';
import { EventStoreError } from '../eventStore/eventStore.js';
import { UnreadableEvent } from '../events/upcast.js';
import { productVersion } from '../parts.js';
import { ReadModelsUnusable } from '../readModels/store.js';
import { DeliveriesUnusable } from '../webhooks/deliveries.js';
import { exit, note, UsageError } from './output.js';
import { registerAudit } from './groups/audit.js';
import { registerHistory } from './groups/history.js';
import { registerAnalysis } from './groups/analysis.js';
import { registerExport } from './groups/export.js';
import { registerLog } from './groups/log.js';
import { registerTelling } from './groups/telling.js';
import { registerRules } from './groups/rules.js';
import { registerTokens } from './groups/tokens.js';

const program = new Command('gatehouse')
  .description('Account verification for messaging providers: one statechart, an event log, a sending gate.')
  .version(productVersion())
  .option('--data <dir>', 'folder of the embedded store and everything else (GATEHOUSE_DATA)', undefined)
  .option('--event-store <url>', 'sqlite:<file> or esdb://…, when the log is elsewhere (GATEHOUSE_EVENT_STORE)')
  .option('--json', 'one JSON document on stdout; notes and progress on stderr')
  .showHelpAfterError('(gatehouse --help lists the commands)')
  .exitOverride();

registerLog(program);
registerHistory(program);
registerExport(program);
registerTelling(program);
registerRules(program);
registerTokens(program);
registerAnalysis(program);
registerAudit(program);

/** The exit code of an error, after saying it. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.usage;
  if (error instanceof UsageError || error instanceof ConfigError) {
    note(error.message);
    return exit.usage;
  }
  if (error instanceof LogsDiffer) {
    note(error.message);
    return exit.found;
  }
  if (isSystemError(error) && error.code === 'EADDRINUSE') {
    note(`${error.message}. Stop what listens there, or choose another with --port.`);
    return exit.infrastructure;
  }
  const unusable = error instanceof ReadModelsUnusable || error instanceof DeliveriesUnusable;
  if (error instanceof EventStoreError || unusable || isSystemError(error)) {
    note(error.message);
    return exit.infrastructure;
  }
  if (error instanceof UnfoldableEvent || error instanceof UnreadableEvent) {
    note(`${error.message}. gatehouse replay --all lists every place where the log and the chart part.`);
    return exit.infrastructure;
  }
  note(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return exit.infrastructure;
}

/** An error of the operating system: no rights, the port taken, the disk full. */
function isSystemError(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

// A reader such as `head` that has seen enough is no failure, and takes nothing back of what was found by then. An answer
// that could not be written is none.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? exit.done);
  process.exit(report(error));
});

program.parseAsync().catch((error: unknown) => {
  process.exitCode = report(error);
});
