/** Configuration: environment variables, the common ones also flags; a flag wins. */
import { z } from 'zod';

const environment = z.object({
  GATEHOUSE_DATA: z.string().min(1).default('./data'),
  GATEHOUSE_HOST: z.string().min(1).default('127.0.0.1'),
  GATEHOUSE_PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  GATEHOUSE_EVENT_STORE: z
    .string()
    .regex(/^(sqlite:.|esdb:\/\/|esdb\+discover:\/\/)/, 'must be sqlite:<file>, esdb://… or esdb+discover://…')
    .optional(),
  GATEHOUSE_PROCESSES: z
    .string()
    .regex(/^[a-z][a-z0-9-]*(,[a-z][a-z0-9-]*)*$/, 'must be all, none, or names with commas between')
    .default('all'),
  GATEHOUSE_GATE_MODE: z.enum(['enforce', 'observe']).default('enforce'),
  GATEHOUSE_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

/** Where the log is: the embedded one's file, or the connection string of an EventStoreDB (with its password). */
export type EventStoreChoice =
  { readonly kind: 'sqlite'; readonly file: string } | { readonly kind: 'esdb'; readonly connectionString: string };

/** Reads `sqlite:<file>`, `esdb://…` or `esdb+discover://…`. @throws {ConfigError} */
export function eventStoreChoice(text: string): EventStoreChoice {
  if (text.startsWith('sqlite:') && text.length > 'sqlite:'.length) {
    return { kind: 'sqlite', file: text.slice('sqlite:'.length) };
  }
  if (/^esdb(\+discover)?:\/\//.test(text)) return { kind: 'esdb', connectionString: text };
  throw new ConfigError('A store is given as sqlite:<file>, esdb://… or esdb+discover://…');
}

export type Config = {
  /** The folder of everything that the service keeps. */
  readonly data: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly eventStore: EventStoreChoice;
  /** Which processes run here. */
  readonly processes: 'all' | 'none' | readonly string[];
  readonly gateMode: 'enforce' | 'observe';
  readonly logLevel: string;
};

export type Flags = {
  readonly data?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly eventStore?: string | undefined;
};

/** A setting that is wrong; the message names it and says what it takes. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads the configuration.
 * @throws {ConfigError}
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>, flags: Flags = {}): Config {
  const parsed = environment.safeParse({
    ...Object.fromEntries(Object.entries(env).filter(([, value]) => value !== '')),
    ...present({
      GATEHOUSE_DATA: flags.data,
      GATEHOUSE_HOST: flags.host,
      GATEHOUSE_PORT: flags.port,
      GATEHOUSE_EVENT_STORE: flags.eventStore,
    }),
  });
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
    throw new ConfigError(lines.join('\n'));
  }
  const value = parsed.data;
  const data = value.GATEHOUSE_DATA;
  return {
    data,
    host: value.GATEHOUSE_HOST,
    port: value.GATEHOUSE_PORT,
    eventStore: eventStoreChoice(value.GATEHOUSE_EVENT_STORE ?? `sqlite:${data}/events.db`),
    processes: processesOf(value.GATEHOUSE_PROCESSES),
    gateMode: value.GATEHOUSE_GATE_MODE,
    logLevel: value.GATEHOUSE_LOG_LEVEL,
  };
}

function processesOf(text: string): Config['processes'] {
  return text === 'all' || text === 'none' ? text : text.split(',');
}

function present(values: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
