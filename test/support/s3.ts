/** A server that speaks S3, on loopback. */
import { createServer } from 'node:net';
import { type Folder, newFolder } from './folders.js';
// It has no types, and is needed here alone.
const S3rver = require('s3rver') as new (options: object) => {
  run: () => Promise<unknown>;
  close: () => Promise<void>;
};

export const bucket = 'evidence-bucket';

export type TestS3 = {
  readonly endpoint: string;
  /** The objects are kept; a request meets a closed port. */
  readonly goDown: () => Promise<void>;
  readonly comeBack: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * Points the environment, as the AWS SDK reads it, at a server and its only user, or at nothing.
 * @returns puts it back
 */
export function pointAt(endpoint: string): () => void {
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, {
    ...(endpoint === '' ? {} : { AWS_ENDPOINT_URL_S3: endpoint }),
    AWS_ACCESS_KEY_ID: 'S3RVER',
    AWS_SECRET_ACCESS_KEY: 'S3RVER',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nowhere',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere',
  });
  return () => {
    process.env = before;
  };
}

async function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

/** Starts the server and points the environment of this process at it. */
export async function newS3(): Promise<TestS3> {
  const folder: Folder = newFolder();
  const port = await freePort();
  const options = { address: '127.0.0.1', port, silent: true, directory: folder.path, vhostBuckets: false };
  let server: InstanceType<typeof S3rver> | undefined;
  const comeBack = async (): Promise<void> => {
    server = new S3rver({ ...options, configureBuckets: [{ name: bucket, configs: [] }] });
    await server.run();
  };
  const goDown = async (): Promise<void> => {
    await server?.close();
    server = undefined;
  };
  await comeBack();
  const endpoint = `http://127.0.0.1:${port}`;
  const restore = pointAt(endpoint);
  return {
    endpoint,
    goDown,
    comeBack,
    close: async () => {
      await goDown();
      restore();
      folder.remove();
    },
  };
}
