/** What reaches out of the process, as the configuration says: names, websites, files, mails, webhooks. */
import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { type Config, ConfigError } from './config.js';
import { DiskEvidenceStore } from './evidence/disk.js';
import type { EvidenceStore } from './evidence/evidenceStore.js';
import { openS3Evidence } from './evidence/s3.js';
import type { Metrics } from './http/metrics.js';
import { createResolver, type Resolver } from './net/dns.js';
import { createSafeFetch, type SafeFetch } from './net/safeFetch.js';
import type { MailSettings } from './mail/mailing.js';
import { DeliveriesUnusable } from './webhooks/deliveries.js';
import { openWebhooks as makeWebhooks, type Webhooks } from './webhooks/index.js';
import { filesOf, systemClock } from './parts.js';

/**
 * The store of evidence: a folder, or a bucket as `s3://<bucket>/<prefix>`.
 * @throws {ConfigError} when the folder cannot be made, or the environment does not say where the bucket is
 */
export async function openEvidence(config: Config): Promise<EvidenceStore> {
  const { store } = config.evidence;
  const found = /^s3:\/\/([^/]+)\/*(.*?)\/*$/.exec(store);
  if (found === null) {
    // A folder that cannot be made would only show when the first customer uploads something.
    configured('GATEHOUSE_EVIDENCE: must be a folder that can be written', () => mkdirSync(store, { recursive: true }));
    return new DiskEvidenceStore(store);
  }
  const [, bucket = '', prefix = ''] = found;
  return openS3Evidence({ bucket, prefix, spoolFolder: filesOf(config).evidenceSpool }).catch((error: unknown) => {
    throw new ConfigError(`GATEHOUSE_EVIDENCE ${store}: ${String(error)}. Set AWS_REGION or AWS_ENDPOINT_URL_S3.`);
  });
}

/** What reaches out: the resolver, and the fetcher of addresses that others named. @throws {ConfigError} */
export function openNetwork({ network }: Config): { readonly resolver: Resolver; readonly fetch: SafeFetch } {
  const { dnsServers, allowAddresses, caFile } = network;
  const resolver = configured('GATEHOUSE_DNS_SERVERS: must be addresses such as 9.9.9.9 or 127.0.0.1:5353', () =>
    createResolver({ servers: dnsServers }),
  );
  const trustedCa =
    caFile === undefined
      ? {}
      : { trustedCa: configured('GATEHOUSE_CA_FILE: must be a file of certificates in PEM', () => readCa(caFile)) };
  return { resolver, fetch: createSafeFetch({ resolver, allowAddresses, ...trustedCa }) };
}

/** The certificates of a file. @throws {Error} when the first one cannot be read */
function readCa(file: string): string {
  const pem = readFileSync(file, 'utf8');
  // An authority that cannot be read would only show when a connection fails.
  const { subject } = new X509Certificate(pem);
  if (subject === '') throw new Error(`${file} holds no certificate of an authority`);
  return pem;
}

function configured<T>(setting: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new ConfigError(`${setting}: ${(error as Error).message}`);
  }
}

/** The settings of mails: from whom, where to, and what they keep in the data folder. */
export function mailSettings(config: Config): MailSettings {
  const { outbox, mails } = filesOf(config);
  const { smtpUrl, from, replyTo } = config.mail;
  return {
    sender: { providerName: config.providerName, from, replyTo },
    dashboardUrl: config.dashboardUrl,
    ...(smtpUrl === undefined ? {} : { smtpUrl }),
    folder: mails,
    outboxFile: outbox,
  };
}

/** Webhooks, where the configuration names an address for them. @throws {ConfigError} for a secret that is none */
export function openWebhooks(config: Config, fetch: SafeFetch, metrics: Metrics): Webhooks | undefined {
  const { webhook } = config;
  if (webhook === undefined) return undefined;
  const onAttempt = (outcome: string): void => metrics.webhookAttempts.inc({ outcome });
  try {
    return makeWebhooks({ ...webhook, file: filesOf(config).webhooks, fetch, now: systemClock, onAttempt });
  } catch (error) {
    if (error instanceof DeliveriesUnusable) throw error;
    throw new ConfigError('GATEHOUSE_WEBHOOK_SECRET: what follows whsec_ must be base64.');
  }
}
