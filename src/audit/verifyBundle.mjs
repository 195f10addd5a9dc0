/**
 * Checks a Gatehouse bundle: node verifyBundle.mjs <bundle.json> [--key <public-key.pem> | --fingerprint <hex>]
 * Exit code 0: all of it is proved; 1: something is not; 2: wrong usage, or it is not formed like a bundle. It shares no code
 * with Gatehouse and needs nothing but Node. Say which key you expect: whoever forges a bundle signs it with their own.
 * A checkpoint signs the roots of two Merkle trees (RFC 9162): one over all events of the log, one over the last event of
 * every stream. An event's hash covers its content and the hash of the event before it. So it is proved that each event was
 * in the log at its position, unaltered; that none is missing between them; and that none came after the last.
 */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hexOf = (...parts) => sha256(...parts).toString('hex');
const leafHash = (leaf) => sha256(Buffer.of(0), canonical(leaf));
const fingerprintOf = (key) => hexOf(key.export({ type: 'spki', format: 'der' }));
const eventIds = Buffer.from('7d9f0b1e3c525a869f416d0c2b8e4a17', 'hex');

/** Canonical JSON (RFC 8785): keys in order of their UTF-16 units, no white space. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
}

/** UUIDv5 (RFC 9562): an event's id follows from its hash. */
function uuidV5(name) {
  const bytes = createHash('sha1').update(eventIds).update(name).digest();
  bytes[6] = (bytes[6] & 0x0f) | 0x50;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  return bytes.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Whether a leaf is number `index` of the `size` leaves of the tree with this root (RFC 9162, section 2.1.3.2). */
function isIncluded(leaf, { index, path }, size, root) {
  let [at, last, hash] = [index, size - 1, leaf];
  if (!Number.isSafeInteger(index) || index < 0 || index > last) return false;
  for (const beside of path) {
    if (!/^[0-9a-f]{64}$/.test(beside) || last === 0) return false;
    const other = Buffer.from(beside, 'hex');
    if (at % 2 === 1 || at === last) {
      hash = sha256(Buffer.of(1), other, hash);
      for (; at % 2 === 0 && at !== 0; at = Math.floor(at / 2)) last = Math.floor(last / 2);
    } else hash = sha256(Buffer.of(1), hash, other);
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)];
  }
  return last === 0 && hash.toString('hex') === root;
}

/** Nothing stands in a bundle that is not checked: it has exactly these keys. */
const hasOnly = (value, keys) => canonical(Object.keys(value).sort()) === canonical(keys.split(' ').sort());

/** What is wrong with an event's place in the log, its hash and its id. */
function* eventProblems(stream, event, { events, logRoot }) {
  const { position, revision, id, type, data, metadata, proof } = event;
  const { hash, ...rest } = metadata;
  const place = `${stream} revision ${revision}`;
  if (!hasOnly(event, 'position revision id type data metadata proof') || !hasOnly(proof, 'index path'))
    yield `${place}: something stands beside it that nothing proves`;
  if (hexOf(canonical({ stream, revision, type, data, metadata: rest })) !== hash) yield `${place}: its hash is wrong`;
  if (uuidV5(String(hash)) !== id) yield `${place}: its id does not follow from its hash`;
  const leaf = leafHash({ position, stream, revision, id, hash });
  if (!isIncluded(leaf, proof, events, logRoot)) yield `${place}: it is not proved to be in the log at its position`;
}

/** What is wrong with the run of an account's events: none missing, each going on from the one before. */
function* runProblems(stream, events) {
  for (const [index, { revision, position, metadata, proof }] of events.entries()) {
    const before = events[index - 1];
    const place = `${stream} revision ${revision}`;
    if (revision !== index) yield `${place}: revision ${index} should stand here`;
    if (metadata.previousHash !== (before?.metadata.hash ?? stream)) yield `${place}: it breaks the chain`;
    if (before === undefined) continue;
    if (!(position > before.position && proof.index > before.proof.index)) yield `${place}: it is out of order`;
    // Another version of the chart may have other names for the same states.
    if (metadata.machineVersion !== before.metadata.machineVersion) continue;
    if (canonical(metadata.from) !== canonical(before.metadata.to)) yield `${place}: it leads from another state`;
  }
}

/** What is wrong with the policies: each the document of its hash, in order, and every one that an event names is there. */
function* policyProblems(policies, events) {
  for (const [index, { type, data, revision }] of policies.entries())
    if (type !== 'PolicyPublished' || hexOf(canonical(data.document)) !== data.hash)
      yield `policy revision ${revision}: it is not the document of its hash`;
    else if (revision <= policies[index - 1]?.revision) yield `policy revision ${revision}: it is out of order`;
  for (const { revision, position, metadata } of events) {
    const isNamed = ({ data, position: published }) => data.version === metadata.policyVersion && published < position;
    if (metadata.policyVersion !== undefined && !policies.some(isNamed))
      yield `revision ${revision}: the policy ${metadata.policyVersion} that it names is not in the bundle`;
  }
}

/** All that is wrong with a bundle's text. @param expected the fingerprint that the key must have, where that is known */
export function* problemsOf(text, expected) {
  const bundle = JSON.parse(text);
  // A key that stands there twice, say, would show a reader another value than was checked.
  if (JSON.stringify(bundle) !== text.trimEnd()) yield 'its text is not written as bundles are';
  const { format, account, checkpoint, publicKey, head, events, policies, uncovered } = bundle;
  const { statement, signature } = checkpoint;
  const stream = `account-${account}`;
  const isOfFormat = format === 'gatehouse-bundle-1' && statement.format === 'gatehouse-checkpoint-1';
  if (!isOfFormat || typeof account !== 'string' || !Number.isSafeInteger(uncovered)) yield 'its format is not known';
  const areKnown = hasOnly(bundle, 'format account checkpoint publicKey head events policies uncovered');
  if (!areKnown || !hasOnly(checkpoint, 'statement signature') || !hasOnly(head, 'index path'))
    yield 'something stands in it that nothing proves';
  const key = createPublicKey(publicKey);
  const fingerprint = fingerprintOf(key);
  if (key.export({ type: 'spki', format: 'pem' }) !== publicKey) yield 'its public key is not written as keys are';
  if ([statement.key, expected ?? fingerprint].some((other) => other !== fingerprint))
    yield `it is signed with the key ${fingerprint}, not ${expected ?? statement.key}`;
  if (!/^[0-9a-f]{128}$/.test(signature) || !verify(null, canonical(statement), key, Buffer.from(signature, 'hex')))
    yield 'the signature of its checkpoint is not that of its key';
  for (const event of events) yield* eventProblems(stream, event, statement);
  for (const event of policies) yield* eventProblems('policy', event, statement);
  yield* runProblems(stream, events);
  yield* policyProblems(policies, events);
  const last = events.at(-1);
  const leaf = leafHash({ stream, revision: last?.revision, hash: last?.metadata.hash });
  if (last === undefined || !isIncluded(leaf, head, statement.streams, statement.headsRoot))
    yield 'its last event is not proved to be the last one of the account';
}

function main([file, flag, value]) {
  if (file === undefined || (flag !== undefined && !(value !== undefined && /^--(key|fingerprint)$/.test(flag))))
    throw new Error('name a bundle, and then --key <public-key.pem> or --fingerprint <hex>');
  const expected = flag === '--key' ? fingerprintOf(createPublicKey(readFileSync(value))) : value;
  const text = readFileSync(file, 'utf8');
  const problems = [...problemsOf(text, expected)];
  if (problems.length > 0) return [1, ...problems.map((problem) => `NOT PROVED  ${problem}`)];
  const { account, events, uncovered, checkpoint } = JSON.parse(text);
  const { number, takenAt, position, key } = checkpoint.statement;
  const proved = `${events.length} events of ${account}: unaltered, in order, none missing, none after the last`;
  const asOf = `checkpoint ${number}, taken ${takenAt}, at position ${position} of the log; later events, by its own word: `;
  const signed = `${key}, ${expected === undefined ? 'to be compared with the one that you were given' : 'as expected'}`;
  return [0, `PROVED  ${proved}`, `as of   ${asOf}${uncovered}`, `key     ${signed}`];
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    const [code, ...lines] = main(process.argv.slice(2));
    process.stdout.write(lines.map((line) => `${line.replace(/\p{C}/gu, '\ufffd')}\n`).join(''));
    process.exitCode = code;
  } catch (error) {
    process.stderr.write(`Not there, or not formed like a bundle: ${error.message.replace(/\p{C}/gu, '\ufffd')}\n`);
    process.exitCode = 2;
  }
}
