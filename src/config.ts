/** Configuration: environment variables, the common ones also flags; a flag wins. */
import { z } from 'zod';

/** A whole number within limits; the message names both. */
function whole(least: number, most: number) {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
}

/** Whether an address of a mail server names its host; `smtp:` alone is an address, too. */
function namesHost(text: string): boolean {
  return URL.canParse(text) && new URL(text).hostname !== '';
}

/** Whether what follows an address's last colon, where it is a port, can be one. */
function hasPossiblePort(server: string): boolean {
  const port = /^(?:[^:]+|\[.+\]):(\d+)$/.exec(server)?.[1];
  return port === undefined || (Number(port) > 0 && Number(port) <= 65_535);
}

/** Whether a text is an origin as browsers write it: scheme, host, and a port that is not the usual one. */
function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** Values with commas between; an empty list where there is none. */
function list(item: z.ZodType<string, string>) {
  return z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(item));
}

const environment = z.object({
  GATEHOUSE_DATA: z.string().min(1).default('./data'),
  GATEHOUSE_HOST: z.string().min(1).default('127.0.0.1'),
  GATEHOUSE_PORT: whole(0, 65_535).default(3000),
  GATEHOUSE_EVENT_STORE: z
    .string()
    .regex(/^(sqlite:.|esdb:\/\/|esdb\+discover:\/\/)/, 'must be sqlite:<file>, esdb://… or esdb+discover://…')
    .optional(),
  GATEHOUSE_PROCESSES: z
    .string()
    .regex(/^[a-z][a-z0-9-]*(,[a-z][a-z0-9-]*)*$/, 'must be all, none, or names with commas between')
    .default('all'),
  GATEHOUSE_GATE_MODE: z.enum(['enforce', 'observe']).default('enforce'),
  GATEHOUSE_DNS_SERVERS: list(
    z.string().refine(hasPossiblePort, 'must be addresses such as 9.9.9.9 or 127.0.0.1:5353, with commas between'),
  ),
  GATEHOUSE_ALLOW_ADDRESSES: list(
    z.union([z.cidrv4(), z.cidrv6()], { error: 'must be address ranges such as 10.0.0.0/8, with commas between' }),
  ),
  GATEHOUSE_CA_FILE: z.string().min(1).optional(),
  GATEHOUSE_DASHBOARD_URL: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:3000'),
  GATEHOUSE_PROVIDER_NAME: z.string().min(1).max(100).default('Gatehouse'),
  GATEHOUSE_EMBED_ORIGINS: list(
    z
      .string()
      .refine((text) => text !== '*', {
        error: 'must name each origin: `*` would let every website ask with a token that it got hold of',
        abort: true,
      })
      .refine(
        isOrigin,
        'must be origins such as https://app.example.com (no path, no slash at the end), with commas between',
      ),
  ),
  GATEHOUSE_EVIDENCE: z
    .string()
    .regex(/^s3:\/\/[a-z0-9.-]+(\/.*)?$|^(?!s3:)./, 'must be a folder or s3://<bucket>/<prefix>')
    .optional(),
  GATEHOUSE_EVIDENCE_MAX_MIB: whole(1, 1_000).default(10),
  GATEHOUSE_SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be smtp://<host>… or smtps://<host>…' })
    .refine(namesHost, 'must be smtp://<host>… or smtps://<host>…')
    .optional(),
  GATEHOUSE_MAIL_FROM: z.email().default('verification@gatehouse.invalid'),
  GATEHOUSE_MAIL_REPLY_TO: z.email().optional(),
  GATEHOUSE_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
  GATEHOUSE_WEBHOOK_SECRET: z
    .string()
    .regex(/^whsec_[A-Za-z0-9+/=]{32,}$/, 'must be whsec_ and at least 24 random bytes in base64')
    .optional(),
  GATEHOUSE_CHECKPOINTS: z.string().min(1).optional(),
  GATEHOUSE_CHECKPOINT_KEY: z.string().min(1).optional(),
  GATEHOUSE_CHECKPOINT_EVERY_MINUTES: whole(1, 10_080).default(60),
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
  /** What reaches out: to name servers, websites, mailboxes, the product backend. */
  readonly network: {
    /** Name servers; the system's when there are none. */
    readonly dnsServers: readonly string[];
    /** Address ranges that are reached although they are not public. */
    readonly allowAddresses: readonly string[];
    /** A file of certificates (PEM) of authorities that are trusted beside the well-known ones. */
    readonly caFile?: string;
  };
  /** Where the customers' dashboard is; links in mails lead there. */
  readonly dashboardUrl: string;
  /** Origins of the provider's dashboards, whose pages may ask with a token. */
  readonly embedOrigins: readonly string[];
  /** How mails name the provider. */
  readonly providerName: string;
  readonly evidence: {
    /** A folder, or `s3://<bucket>/<prefix>`. */
    readonly store: string;
    /** The most bytes of one file. */
    readonly mostBytes: number;
  };
  readonly mail: {
    /** `smtp(s)://user:password@host:port`; without one, mails become files in the data folder. */
    readonly smtpUrl?: string;
    readonly from: string;
    readonly replyTo: string;
  };
  /** Signed checkpoints of the log. */
  readonly checkpoints: {
    readonly folder: string;
    /** The file of the private key; made at first use. */
    readonly keyFile: string;
    readonly everyMinutes: number;
  };
  /** Where the product backend is told of changes, and the secret that signs it; both or neither. */
  readonly webhook?: { readonly url: string; readonly secret: string };
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
    const lines = parsed.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`);
    throw new ConfigError([...new Set(lines)].join('\n'));
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
    network: {
      dnsServers: value.GATEHOUSE_DNS_SERVERS,
      allowAddresses: value.GATEHOUSE_ALLOW_ADDRESSES,
      ...(value.GATEHOUSE_CA_FILE === undefined ? {} : { caFile: value.GATEHOUSE_CA_FILE }),
    },
    dashboardUrl: value.GATEHOUSE_DASHBOARD_URL,
    embedOrigins: value.GATEHOUSE_EMBED_ORIGINS,
    providerName: value.GATEHOUSE_PROVIDER_NAME,
    evidence: {
      store: value.GATEHOUSE_EVIDENCE ?? `${data}/evidence`,
      mostBytes: value.GATEHOUSE_EVIDENCE_MAX_MIB * 1_048_576,
    },
    mail: {
      ...(value.GATEHOUSE_SMTP_URL === undefined ? {} : { smtpUrl: value.GATEHOUSE_SMTP_URL }),
      from: value.GATEHOUSE_MAIL_FROM,
      replyTo: value.GATEHOUSE_MAIL_REPLY_TO ?? value.GATEHOUSE_MAIL_FROM,
    },
    checkpoints: {
      folder: value.GATEHOUSE_CHECKPOINTS ?? `${data}/checkpoints`,
      keyFile: value.GATEHOUSE_CHECKPOINT_KEY ?? `${data}/checkpoint-key.pem`,
      everyMinutes: value.GATEHOUSE_CHECKPOINT_EVERY_MINUTES,
    },
    ...webhookOf(value.GATEHOUSE_WEBHOOK_URL, value.GATEHOUSE_WEBHOOK_SECRET),
  };
}

function webhookOf(url: string | undefined, secret: string | undefined): Pick<Config, 'webhook'> {
  if (url === undefined && secret === undefined) return {};
  if (url === undefined || secret === undefined) {
    throw new ConfigError('GATEHOUSE_WEBHOOK_URL and GATEHOUSE_WEBHOOK_SECRET go together: set both, or neither.');
  }
  return { webhook: { url, secret } };
}

function processesOf(text: string): Config['processes'] {
  return text === 'all' || text === 'none' ? text : text.split(',');
}

function present(values: Readonly<Record<string, string | undefined>>): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
