/** Runs processes on the consumer groups of the log. */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CommandHandlerDeps, handleCommand } from '../app/handleCommand.js';
import type { ConsumerGroup, ConsumerGroups } from '../eventStore/consumerGroups.js';
import type { StoredEvent } from '../eventStore/eventStore.js';
import { decode } from '../events/upcast.js';
import type { Process } from './process.js';

export type ProcessOutcome = 'done' | 'failed' | 'skipped';

export type ProcessRunnerDeps = {
  readonly groups: ConsumerGroups;
  readonly commands: CommandHandlerDeps;
  readonly onOutcome: (process: string, outcome: ProcessOutcome) => void;
  readonly onProblem: (process: string, error: Error) => void;
};

/** The pause before a process whose store failed for good is started again, in milliseconds. */
const pauseAfterFailure = 5_000;

/** The name of a process's consumer group. */
export function groupName(process: string): string {
  return `gatehouse-${process}`;
}

function groupOf({ name, types, ordered, from }: Process): ConsumerGroup {
  return { name: groupName(name), types, ordered, from };
}

export class ProcessRunner {
  readonly #deps: ProcessRunnerDeps;
  readonly #stopping = new AbortController();
  #running: Promise<unknown> = Promise.resolve();

  constructor(
    deps: ProcessRunnerDeps,
    readonly processes: readonly Process[],
  ) {
    this.#deps = deps;
    // Each process listens more than once: more than ten listeners are no leak.
    setMaxListeners(0, this.#stopping.signal);
  }

  /** Makes the groups that are missing, and begins. @throws {EventStoreError} */
  async start(): Promise<void> {
    for (const process of this.processes) await this.#deps.groups.create(groupOf(process));
    this.#running = Promise.all(this.processes.map((process) => this.#follow(process)));
  }

  /** What is under way finishes first. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
    this.#deps.groups.close();
  }

  async #follow(process: Process): Promise<void> {
    const { signal } = this.#stopping;
    const onProblem = (error: Error): void => this.#deps.onProblem(process.name, error);
    while (!signal.aborted) {
      try {
        await this.#deps.groups.consume(groupOf(process), {
          handle: (event) => this.#handle(process, event),
          onProblem,
          signal,
        });
      } catch (error) {
        onProblem(error instanceof Error ? error : new Error(String(error)));
        await sleep(pauseAfterFailure, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #handle(process: Process, stored: StoredEvent): Promise<void> {
    const { onOutcome, commands } = this.#deps;
    try {
      const event = decode(stored);
      // History that was brought in happened elsewhere: nobody is told of it now.
      if (event.metadata.imported === true) {
        onOutcome(process.name, 'skipped');
        return;
      }
      const key = `${process.name}:${stored.id}`;
      await process.run(event, {
        key,
        send: (accountId, command, options = {}) => {
          const { part, ifMatch } = typeof options === 'string' ? { part: options } : options;
          return handleCommand(commands, {
            accountId,
            commandId: part === undefined ? key : `${key}:${part}`,
            command,
            causationId: stored.id,
            correlationId: event.metadata.correlationId,
            ...(ifMatch === undefined ? {} : { ifMatch }),
          });
        },
      });
      onOutcome(process.name, 'done');
    } catch (error) {
      onOutcome(process.name, 'failed');
      throw error;
    }
  }
}
