/** A DNS server on loopback, over UDP and TCP: the zone of a test, and every way in which name servers fail. */
import type { AddressInfo } from 'node:net';
import { Packet, type TCPServer, type UDPServer, createTCPServer, createUDPServer } from 'dns2';

export type RecordType = 'A' | 'AAAA' | 'TXT' | 'CNAME' | 'MX';

/** `silent` gives no answer at all, so that the asker's time runs out. */
export type Failure = 'SERVFAIL' | 'REFUSED' | 'silent';

/** A TXT record in parts is given as a list: each part is at most 255 bytes; a longer text is cut into parts. */
export type RecordValue = string | readonly string[];

/** Records by name, then by type: `{'acme-mail.com': {TXT: ['v=spf1 -all']}}`. */
export type Zone = Readonly<Record<string, Partial<Record<RecordType, readonly RecordValue[]>>>>;

export type DnsTestServer = {
  /** `127.0.0.1:<port>`, as GATEHOUSE_DNS_SERVERS takes it. */
  readonly address: string;
  /** Every question asked, as `<type> <name>`, in order. */
  readonly questions: readonly string[];
  /** Publishes records in place of those of this name and type; none takes them away. Clears a failure of the name. */
  readonly set: (name: string, type: RecordType, values: readonly RecordValue[]) => void;
  /** Lets every question about a name fail, `*` for all names; undefined lets it work again. */
  readonly fail: (name: string, failure: Failure | undefined) => void;
  readonly stop: () => Promise<void>;
};

type Resource = Packet['answers'][number];

/** Response codes of RFC 1035, section 4.1.1. */
const rcode = { SERVFAIL: 2, NXDOMAIN: 3, REFUSED: 5 } as const;

type Table = Map<string, Map<RecordType, readonly RecordValue[]>>;

const typeOf = new Map<number, RecordType>(
  (['A', 'AAAA', 'TXT', 'CNAME', 'MX'] as const).map((type) => [Packet.TYPE[type], type]),
);

const normal = (name: string): string => name.toLowerCase().replace(/\.$/, '');

/** The parts of a TXT record; one part holds at most 255 bytes. */
function partsOf(value: RecordValue): string[] {
  return typeof value === 'string' ? (value.match(/.{1,255}/gs) ?? ['']) : [...value];
}

function resource(name: string, type: RecordType, value: RecordValue): Resource {
  const text = typeof value === 'string' ? value : value.join('');
  const data: Record<RecordType, object> = {
    A: { address: text },
    AAAA: { address: text },
    TXT: { data: partsOf(value) },
    CNAME: { domain: text },
    MX: { priority: 10, exchange: text },
  };
  return { name, type: Packet.TYPE[type], class: Packet.CLASS.IN, ttl: 1, ...data[type] } as Resource;
}

/** The records of a name and type, through aliases as name servers follow them. */
function answersOf(table: Table, name: string, type: RecordType, depth = 0): Resource[] {
  const records = table.get(normal(name));
  const own = (records?.get(type) ?? []).map((value) => resource(name, type, value));
  const [alias] = type === 'CNAME' ? [] : (records?.get('CNAME') ?? []);
  if (own.length > 0 || alias === undefined || depth > 8) return own;
  return [resource(name, 'CNAME', alias), ...answersOf(table, String(alias), type, depth + 1)];
}

function respond(table: Table, failure: Failure | undefined, request: Packet): Packet | undefined {
  if (failure === 'silent') return undefined;
  const response = Packet.createResponseFromRequest(request);
  response.header.ra = 1;
  const [question] = request.questions;
  const type = typeOf.get(question?.type ?? 0);
  if (failure !== undefined) response.header.rcode = rcode[failure];
  else if (question !== undefined && !table.has(normal(question.name))) response.header.rcode = rcode.NXDOMAIN;
  else if (question !== undefined && type !== undefined) response.answers = answersOf(table, question.name, type);
  return response;
}

type Handler = (request: Packet, send: (response: Packet) => unknown) => void;

/** Listens on one port over UDP and TCP; where it is free for UDP only, another one is tried. */
async function listen(handle: Handler, triesLeft = 20): Promise<{ udp: UDPServer; tcp: TCPServer; port: number }> {
  const udp = createUDPServer(handle);
  const tcp = createTCPServer(handle);
  await udp.listen(0, '127.0.0.1');
  const { port } = udp.address() as AddressInfo;
  try {
    await new Promise<void>((resolve, reject) => {
      tcp.once('error', reject);
      tcp.listen(port, '127.0.0.1', resolve);
    });
    return { udp, tcp, port };
  } catch (error) {
    udp.close();
    if (triesLeft === 0) throw error;
    return listen(handle, triesLeft - 1);
  }
}

/** Starts a server with these records. */
export async function startDnsServer(zone: Zone = {}): Promise<DnsTestServer> {
  const table: Table = new Map();
  const failures = new Map<string, Failure>();
  const questions: string[] = [];
  const set: DnsTestServer['set'] = (name, type, values) => {
    failures.delete(normal(name));
    const records = table.get(normal(name)) ?? new Map<RecordType, readonly RecordValue[]>();
    if (values.length === 0) records.delete(type);
    else records.set(type, values);
    if (records.size === 0) table.delete(normal(name));
    else table.set(normal(name), records);
  };
  for (const [name, records] of Object.entries(zone)) {
    for (const [type, values] of Object.entries(records)) set(name, type as RecordType, values);
  }

  const handle: Handler = (request, send) => {
    const [question] = request.questions;
    const name = normal(question?.name ?? '');
    questions.push(`${typeOf.get(question?.type ?? 0) ?? question?.type} ${name}`);
    const response = respond(table, failures.get(name) ?? failures.get('*'), request);
    if (response !== undefined) send(response);
  };
  const { udp, tcp, port } = await listen(handle);

  return {
    address: `127.0.0.1:${port}`,
    questions,
    set,
    fail: (name, failure) => {
      if (failure === undefined) failures.delete(normal(name));
      else failures.set(normal(name), failure);
    },
    stop: async () => {
      await Promise.all([
        new Promise<void>((resolve) => udp.close(() => resolve())),
        new Promise<void>((resolve) => tcp.close(() => resolve())),
      ]);
    },
  };
}
