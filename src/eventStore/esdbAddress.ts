/**
 * Where an EventStoreDB is and how to talk to it: the connection string, read into what the client takes. It is read
 * here and not by the client, so that a mistake names the option and the remedy, and the password reaches no log.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { StoreMisconfigured } from './eventStore.js';

type Endpoint = { readonly address: string; readonly port: number };

export type EsdbAddress = {
  /** What may be logged: scheme and hosts, never the user or the password. */
  readonly described: string;
  readonly hosts: readonly Endpoint[];
  /** `esdb+discover://`: the hosts of the cluster come from the gossip of the one that is named (by DNS, say). */
  readonly discover: boolean;
  readonly tls: boolean;
  readonly certificates: { readonly ca?: Buffer; readonly userCertificate?: Buffer; readonly userKey?: Buffer };
  readonly credentials: { readonly username: string; readonly password: string };
  /** In milliseconds but for `gossipTimeout`, which the client takes in seconds. */
  readonly options: {
    readonly nodePreference: 'leader' | 'follower' | 'random' | 'read_only_replica';
    readonly keepAliveInterval: number;
    readonly keepAliveTimeout: number;
    readonly defaultDeadline: number;
    readonly discoveryInterval: number;
    readonly gossipTimeout: number;
    readonly maxDiscoverAttempts: number;
    readonly connectionName: string;
  };
};

const defaultPort = 2113;
const milliseconds = z.coerce.number().int().min(1).max(600_000);
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

/** The options of the client's connection strings, by their names in lower case; our defaults. */
const optionSchemas = {
  tls: flag.default(true),
  tlsverifycert: z.literal('true', 'has no effect in this client; name the CA’s certificate with tlsCAFile').optional(),
  tlscafile: z.string().min(1).optional(),
  usercertfile: z.string().min(1).optional(),
  userkeyfile: z.string().min(1).optional(),
  nodepreference: z
    .string()
    .toLowerCase()
    .transform((text) => (text === 'readonlyreplica' ? 'read_only_replica' : text))
    .pipe(z.enum(['leader', 'follower', 'random', 'read_only_replica']))
    .default('leader'),
  keepaliveinterval: milliseconds.default(10_000),
  keepalivetimeout: milliseconds.default(10_000),
  defaultdeadline: milliseconds.default(10_000),
  discoveryinterval: milliseconds.default(100),
  gossiptimeout: z.coerce.number().int().min(1).max(600).default(3),
  maxdiscoverattempts: z.coerce.number().int().min(1).max(1_000).default(10),
  connectionname: z.string().min(1).max(200).default('gatehouse'),
  throwonappendfailure: z.literal('true', 'is always true here; leave it out').optional(),
} as const;

const optionNames: Readonly<Record<keyof typeof optionSchemas, string>> = {
  tls: 'tls',
  tlsverifycert: 'tlsVerifyCert',
  tlscafile: 'tlsCAFile',
  usercertfile: 'userCertFile',
  userkeyfile: 'userKeyFile',
  nodepreference: 'nodePreference',
  keepaliveinterval: 'keepAliveInterval',
  keepalivetimeout: 'keepAliveTimeout',
  defaultdeadline: 'defaultDeadline',
  discoveryinterval: 'discoveryInterval',
  gossiptimeout: 'gossipTimeout',
  maxdiscoverattempts: 'maxDiscoverAttempts',
  connectionname: 'connectionName',
  throwonappendfailure: 'throwOnAppendFailure',
};

const optionsSchema = z.object(optionSchemas);

const form =
  'esdb://user:password@host:2113[,host:2113…]?tls=true&tlsCAFile=… or esdb+discover://user:password@name:2113';
const pattern = /^(?<scheme>esdb|esdb\+discover):\/\/(?:(?<user>[^@/?]*)@)?(?<hosts>[^@/?]+)\/*(?:\?(?<query>.*))?$/;

/**
 * Reads a connection string.
 * @throws {StoreMisconfigured} naming the part that is wrong
 */
export function readEsdbAddress(text: string): EsdbAddress {
  const { scheme, user, hosts: hostList, query } = pattern.exec(text.trim())?.groups ?? {};
  if (scheme === undefined || hostList === undefined) throw wrong(`it has the form ${form}`);
  const hosts = hostList.split(',').map(readHost);
  const options = readOptions(query ?? '');
  const discover = scheme === 'esdb+discover';
  if (discover && hosts.length > 1) throw wrong('esdb+discover:// names one host; several hosts go with esdb://');
  return {
    described: `${scheme}://${hosts.map(({ address, port }) => `${address}:${port}`).join(',')}`,
    hosts,
    discover,
    tls: options.tls,
    certificates: {
      ...file('tlsCAFile', 'ca', options.tlscafile),
      ...file('userCertFile', 'userCertificate', options.usercertfile),
      ...file('userKeyFile', 'userKey', options.userkeyfile),
    },
    credentials: readCredentials(user, options.tls),
    options: {
      nodePreference: options.nodepreference,
      keepAliveInterval: options.keepaliveinterval,
      keepAliveTimeout: options.keepalivetimeout,
      defaultDeadline: options.defaultdeadline,
      discoveryInterval: options.discoveryinterval,
      gossipTimeout: options.gossiptimeout,
      maxDiscoverAttempts: options.maxdiscoverattempts,
      connectionName: options.connectionname,
    },
  };
}

function wrong(what: string): StoreMisconfigured {
  return new StoreMisconfigured(`The connection string of EventStoreDB is wrong: ${what}.`);
}

function readHost(text: string): Endpoint {
  const found = /^(?<address>[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::(?<port>\d{1,5}))?$/.exec(text.trim())?.groups;
  const port = Number(found?.['port'] ?? defaultPort);
  if (found?.['address'] === undefined || port < 1 || port > 65_535) throw wrong(`“${text}” is no host:port`);
  return { address: found['address'], port };
}

/**
 * Credentials go with every append: without them the client would send it over a shared batch stream, which has no
 * deadline and whose answers can be lost between clients. A server without TLS ignores them.
 */
function readCredentials(user: string | undefined, tls: boolean): EsdbAddress['credentials'] {
  const colon = user?.indexOf(':') ?? -1;
  if (user !== undefined && colon > 0) {
    try {
      return {
        username: decodeURIComponent(user.slice(0, colon)),
        password: decodeURIComponent(user.slice(colon + 1)),
      };
    } catch {
      throw wrong('user and password are percent-encoded (a % is written %25)');
    }
  }
  if (user !== undefined && user !== '') throw wrong('user and password are given as user:password@');
  if (tls) throw wrong('it needs user:password@ before the host (only a server with tls=false takes everybody)');
  return { username: 'none', password: 'none' };
}

function readOptions(query: string): z.output<typeof optionsSchema> {
  const given: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(query)) {
    const key = name.toLowerCase();
    if (!(key in optionSchemas)) {
      throw wrong(`there is no option ${name}; options: ${Object.values(optionNames).join(', ')}`);
    }
    given[key] = value;
  }
  const parsed = optionsSchema.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const key = String(issue?.path[0]) as keyof typeof optionNames;
  throw wrong(`${optionNames[key] ?? key}: ${issue?.message ?? 'wrong value'}`);
}

function file(option: string, key: string, path: string | undefined): Record<string, Buffer> {
  if (path === undefined) return {};
  try {
    return { [key]: readFileSync(path) };
  } catch {
    throw wrong(`${option}: ${path} cannot be read`);
  }
}
