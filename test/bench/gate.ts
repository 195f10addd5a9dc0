/** Gate questions over HTTP, against a bare node:http server that answers a fixed body of the same length. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { commandsOn, openLog, openTokens } from '../../src/parts.js';
import { handleCommand } from '../../src/app/handleCommand.js';
import { readConfig } from '../../src/config.js';
import { verified } from '../support/examples.js';
import { newFolder } from '../support/folders.js';
import { serve } from '../support/program.js';
import { compare, type Result, rounds } from './result.js';

const connections = 32;
const milliseconds = 2_000;

export async function benchGate(): Promise<Result> {
  const folder = newFolder();
  const config = readConfig({ GATEHOUSE_DATA: folder.path });
  const store = openLog(config);
  const deps = await commandsOn(store);
  for (const [index, command] of verified.entries()) {
    await handleCommand(deps, { accountId: 'acme', commandId: `acme#${index}`, command });
  }
  await store.close();
  const tokens = openTokens(config);
  const token = tokens.create({ role: 'product', actor: 'bench' });
  tokens.close();
  const served = await serve(folder.path);
  const path = '/v1/accounts/acme/gate?action=message.send&channelId=email-1';
  const authorization = `Bearer ${token}`;
  while ((await fetch(`${served.url}/readyz`)).status !== 200) continue;
  const body = await (await fetch(`${served.url}${path}`, { headers: { Authorization: authorization } })).text();
  if (!body.includes('"allowed":true')) throw new Error(body);
  const bare = await bareServer(body);
  const ours: number[] = [];
  const reference: number[] = [];
  for (let round = 0; round < rounds; round++) {
    ours.push(await questions(served.url, path, authorization));
    reference.push(await questions(bare.url, path, authorization));
  }
  bare.stop();
  await served.kill('SIGTERM');
  folder.remove();
  return compare(ours, reference, 'questions/s');
}

/** A node:http server in a process of its own that does nothing but answer. */
async function bareServer(body: string): Promise<{ readonly url: string; readonly stop: () => void }> {
  const program = `
    const body = Buffer.from(process.argv[1]);
    require('node:http').createServer((request, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length, 'Cache-Control': 'no-store' });
      response.end(body);
    }).listen(0, '127.0.0.1', function () { console.log(this.address().port); });
  `;
  const child = spawn(process.execPath, ['-e', program, body], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [port] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: `http://127.0.0.1:${port.toString().trim()}`, stop: () => child.kill() };
}

/** Answers a second, one question at a time on each connection. */
async function questions(url: string, path: string, authorization: string): Promise<number> {
  const { hostname, port } = new URL(url);
  const request = `GET ${path} HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: ${authorization}\r\n\r\n`;
  let answers = 0;
  const started = performance.now();
  const until = started + milliseconds;
  const one = async (): Promise<void> => {
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, 'connect');
    socket.setNoDelay(true);
    let length = 0;
    let received = 0;
    const done = once(socket, 'close');
    socket.on('data', (chunk: Buffer) => {
      if (received === 0 && length === 0) length = lengthOf(chunk.toString('latin1'));
      received += chunk.length;
      if (received < length) return;
      received = 0;
      answers += 1;
      if (performance.now() < until) socket.write(request);
      else socket.destroy();
    });
    socket.write(request);
    await done;
  };
  await Promise.all(Array.from({ length: connections }, one));
  return answers / ((performance.now() - started) / 1_000);
}

/** The length of a whole answer, head and body: all answers of one server have the same. */
function lengthOf(answer: string): number {
  const head = answer.indexOf('\r\n\r\n') + 4;
  const body = Number(/content-length: (\d+)/i.exec(answer)?.[1]);
  if (!answer.startsWith('HTTP/1.1 200') || Number.isNaN(body)) throw new Error(answer.slice(0, 200));
  return head + body;
}
