/** What operators are shown of a node, from its configuration: without passwords, keys and secrets. */
import { stat } from 'node:fs/promises';
import type { Config } from './config.js';
import type { ConsumerGroups } from './eventStore/consumerGroups.js';
import type { EventStore } from './eventStore/eventStore.js';
import type { KnownProcess, Operating } from './http/operating.js';
import { describeLog, openConsumerGroups, systemClock } from './parts.js';
import { processNames } from './processes/index.js';
import type { Processes } from './processes/process.js';

/** An address without user, password, path and query: any of them may hold a secret. */
export function originOf(address: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}

/** The settings that matter when something is looked into, by the names of their variables. */
export function shownSettings(config: Config): Operating['settings'] {
  const { mail, webhook, network, evidence, checkpoints } = config;
  return {
    GATEHOUSE_DATA: config.data,
    GATEHOUSE_HOST: config.host,
    GATEHOUSE_PORT: config.port,
    GATEHOUSE_EVENT_STORE: describeLog(config),
    GATEHOUSE_PROCESSES: typeof config.processes === 'string' ? config.processes : config.processes.join(','),
    GATEHOUSE_GATE_MODE: config.gateMode,
    GATEHOUSE_DNS_SERVERS: network.dnsServers.join(', ') || 'the system’s',
    GATEHOUSE_ALLOW_ADDRESSES: network.allowAddresses.join(', ') || 'public ones only',
    GATEHOUSE_DASHBOARD_URL: originOf(config.dashboardUrl),
    GATEHOUSE_PROVIDER_NAME: config.providerName,
    GATEHOUSE_EVIDENCE: evidence.store,
    GATEHOUSE_EVIDENCE_MAX_MIB: evidence.mostBytes / 1_048_576,
    GATEHOUSE_SMTP_URL: mail.smtpUrl === undefined ? 'none: mails become files' : originOf(mail.smtpUrl),
    GATEHOUSE_MAIL_FROM: mail.from,
    GATEHOUSE_WEBHOOK_URL: webhook === undefined ? 'none' : originOf(webhook.url),
    GATEHOUSE_CHECKPOINTS: checkpoints.folder,
    GATEHOUSE_CHECKPOINT_EVERY_MINUTES: checkpoints.everyMinutes,
    GATEHOUSE_LOG_LEVEL: config.logLevel,
  };
}

/** Every process of the product, and whether it runs here. @param made those that can, and @param chosen those that do */
export function knownProcesses(made: Processes, chosen: Processes): KnownProcess[] {
  const has = ({ consumers, loops }: Processes, name: string): boolean =>
    [...consumers, ...loops].some((one) => one.name === name);
  const others = [...made.consumers, ...made.loops].map(({ name }) => name);
  return [...new Set([...processNames, ...others])].map((name) => ({
    name,
    runsHere: has(chosen, name),
    takesEvents: made.consumers.some((one) => one.name === name),
    unavailable:
      name === 'webhooks' && !has(made, name) ? 'No address is told of changes (GATEHOUSE_WEBHOOK_URL).' : null,
  }));
}

/** @param closers told how to close what is opened on the way */
export function operatingOf(
  config: Config,
  store: EventStore,
  processes: readonly KnownProcess[],
  closers: (() => void)[],
): Operating {
  const { eventStore } = config;
  let groups: ConsumerGroups | undefined;
  closers.push(() => groups?.close());
  return {
    processes,
    groups: () => (groups ??= openConsumerGroups(config, store)),
    store: {
      kind: eventStore.kind === 'sqlite' ? 'embedded' : 'eventStoreDb',
      described: describeLog(config),
      bytes: async () =>
        eventStore.kind === 'sqlite' ? sizeOf([eventStore.file, `${eventStore.file}-wal`]) : undefined,
    },
    settings: shownSettings(config),
    startedAt: systemClock(),
  };
}

/** Bytes of files, of those that are there. */
async function sizeOf(files: readonly string[]): Promise<number> {
  const sizes = files.map(async (file) =>
    stat(file).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}
