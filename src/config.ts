/** Configuration: environment variables, the common ones also flags; a flag wins. */
import { z } from 'zod';

const environment = z.object({
  GATEHOUSE_DATA: z.string().min(1).default('./data'),
  GATEHOUSE_HOST: z.string().min(1).default('127.0.0.1'),
  GATEHOUSE_PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  GATEHOUSE_EVENT_STORE: z.string().startsWith('sqlite:', 'must be sqlite:<file>').optional(),
  GATEHOUSE_GATE_MODE: z.enum(['enforce', 'observe']).default('enforce'),
  GATEHOUSE_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
});

export type Config = {
  /** The folder of everything that the service keeps. */
  readonly data: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** The embedded log's file. */
  readonly eventsFile: string;
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
    eventsFile: value.GATEHOUSE_EVENT_STORE?.slice('sqlite:'.length) ?? `${data}/events.db`,
    gateMode: value.GATEHOUSE_GATE_MODE,
    logLevel: value.GATEHOUSE_LOG_LEVEL,
  };
}

function present(values: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
