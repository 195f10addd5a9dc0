/**
 * Evidence in an S3 bucket, or in a store that speaks its protocol. Region, endpoint and credentials come from the
 * standard environment of the AWS SDK.
 */
import type { Readable } from 'node:stream';
import type * as Sdk from '@aws-sdk/client-s3';
import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type EvidenceStore,
  type KeptEvidence,
  type OpenedEvidence,
  pathOf,
  sha256Of,
  type StagedEvidence,
} from './evidenceStore.js';
import { spool, type Spooled, sweepSpool, unavailable } from './spool.js';

export type S3EvidenceOptions = {
  readonly bucket: string;
  /** What the keys begin with; empty, or without slashes at its ends. */
  readonly prefix: string;
  /** A local folder for uploads that come in. */
  readonly spoolFolder: string;
};

/** The SDK does not send a stream twice, so keeping is tried again here: so often, with such pauses (milliseconds). */
const attempts = 3;
const pause = 200;

/** Milliseconds for a connection to stand, and for an answer to begin. */
const timeouts = { connectionTimeout: 3_000, requestTimeout: 20_000, throwOnRequestTimeout: true };

const nothing = (): void => undefined;
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };

/**
 * Opens a bucket. The SDK is loaded here, and only here.
 * @throws {Error} when the environment names no region and no endpoint
 */
export async function openS3Evidence(options: S3EvidenceOptions): Promise<EvidenceStore> {
  const sdk = await import('@aws-sdk/client-s3');
  const { env } = process;
  const own = env['AWS_ENDPOINT_URL_S3'] ?? env['AWS_ENDPOINT_URL'];
  const region = env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'];
  const client = new sdk.S3Client({
    // A store of one's own is reached by its path, and seldom cares about regions; the signature wants one.
    ...(own === undefined ? {} : { forcePathStyle: true, region: region ?? 'us-east-1' }),
    requestHandler: timeouts,
    // What goes wrong is thrown, and logged where it is caught; the SDK would write to the console beside it.
    logger: silent,
    // Checksums are sent where we know them beforehand: streamed ones are understood by Amazon's store alone.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  await client.config.region();
  return new S3EvidenceStore(sdk, client, options);
}

class S3EvidenceStore implements EvidenceStore {
  constructor(
    readonly sdk: typeof Sdk,
    readonly client: Sdk.S3Client,
    readonly options: S3EvidenceOptions,
  ) {}

  async stage(source: AsyncIterable<Uint8Array>): Promise<StagedEvidence> {
    const spooled = await spool(this.options.spoolFolder, source);
    return {
      ...spooled,
      keep: async () => this.#put(spooled),
      discard: async () => rm(spooled.file, { force: true }),
    };
  }

  async open(sha256: string): Promise<OpenedEvidence | undefined> {
    try {
      const { Body, ContentLength } = await this.client.send(new this.sdk.GetObjectCommand(this.#named(sha256)));
      return { bytes: ContentLength ?? -1, stream: Body as Readable };
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw unavailable('evidence cannot be read', error);
    }
  }

  async has(sha256: string): Promise<boolean> {
    return (await this.#modifiedAt(sha256)) !== undefined;
  }

  async *list(): AsyncIterable<KeptEvidence> {
    const { bucket: Bucket, prefix } = this.options;
    for (let ContinuationToken: string | undefined; ;) {
      const command = new this.sdk.ListObjectsV2Command({
        Bucket,
        Prefix: prefix === '' ? '' : `${prefix}/`,
        ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
      });
      const found = await this.client.send(command).catch((error: unknown) => {
        throw unavailable('evidence cannot be listed', error);
      });
      for (const { Key, LastModified } of found.Contents ?? []) {
        const sha256 = sha256Of(Key ?? '');
        if (sha256 !== undefined && LastModified !== undefined && Key === this.#key(sha256)) {
          yield { sha256, modifiedAt: LastModified.getTime() };
        }
      }
      if (found.IsTruncated !== true) return;
      ContinuationToken = found.NextContinuationToken;
    }
  }

  async remove(sha256: string, keptBefore: number): Promise<boolean> {
    const modifiedAt = await this.#modifiedAt(sha256);
    if (modifiedAt === undefined) return true;
    if (modifiedAt >= keptBefore) return false;
    await this.client.send(new this.sdk.DeleteObjectCommand(this.#named(sha256))).catch((error: unknown) => {
      throw unavailable('evidence cannot be removed', error);
    });
    return true;
  }

  async removeStaged(before: number): Promise<number> {
    return sweepSpool(this.options.spoolFolder, before);
  }

  close(): void {
    this.client.destroy();
  }

  #key(sha256: string): string {
    const { prefix } = this.options;
    return prefix === '' ? pathOf(sha256) : `${prefix}/${pathOf(sha256)}`;
  }

  #named(sha256: string): { Bucket: string; Key: string } {
    return { Bucket: this.options.bucket, Key: this.#key(sha256) };
  }

  async #modifiedAt(sha256: string): Promise<number | undefined> {
    try {
      const { LastModified } = await this.client.send(new this.sdk.HeadObjectCommand(this.#named(sha256)));
      return LastModified?.getTime() ?? 0;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw unavailable('evidence cannot be read', error);
    }
  }

  /** One request puts the whole object or none of it; the store checks length and hash. */
  async #put(spooled: Spooled): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#putOnce(spooled);
        return;
      } catch (error) {
        if (attempt >= attempts) throw unavailable('evidence cannot be kept', error);
        await sleep(pause * attempt);
      }
    }
  }

  async #putOnce({ file, sha256, bytes }: Spooled): Promise<void> {
    const body = createReadStream(file);
    const command = new this.sdk.PutObjectCommand({
      ...this.#named(sha256),
      Body: body,
      ContentLength: bytes,
      ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64'),
    });
    // The hash is part of the signature, too: every store checks that, also one that knows no checksums.
    command.middlewareStack.add(
      (next) => async (args) => {
        (args.request as { headers: Record<string, string> }).headers['x-amz-content-sha256'] = sha256;
        return next(args);
      },
      { step: 'build', name: 'contentHash' },
    );
    try {
      await this.client.send(command);
    } finally {
      body.destroy();
    }
  }
}

/** The object is not there; a bucket that is not there is another matter. */
function isMissing(error: unknown): boolean {
  const name = error instanceof Error ? error.name : '';
  return name === 'NoSuchKey' || name === 'NotFound';
}
