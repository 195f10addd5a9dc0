/** Histories in files: a line an event, as `GET /v1/events` gives them and as they are stored. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { JsonObject, ReadAllOptions, StoredEvent } from '../eventStore/eventStore.js';
import type { ReplaySource } from './replayLog.js';

const jsonObject = z.record(z.string(), z.unknown()).transform((value) => value as JsonObject);

const line = z.object({
  id: z.string(),
  type: z.string(),
  stream: z.string(),
  revision: z.int().min(0),
  position: z.string(),
  data: jsonObject,
  metadata: jsonObject,
});

/** The event of a line, or what is wrong with it. */
function readLine(text: string): StoredEvent | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'the line is not JSON';
  }
  const parsed = line.safeParse(value);
  if (parsed.success) return parsed.data;
  return parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}

/**
 * A file of histories as what a replay reads. A line that is no event is told of as unreadable, at the position
 * `line <number>`.
 */
export function historiesIn(file: string): ReplaySource {
  async function* readAll({ signal, onUnreadable }: ReadAllOptions = {}): AsyncGenerator<StoredEvent, void, void> {
    let number = 0;
    for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
      number += 1;
      if (signal?.aborted === true) return;
      if (text.trim() === '') continue;
      const event = readLine(text);
      if (typeof event !== 'string') yield event;
      else onUnreadable?.({ position: `line ${number}`, stream: `${file}:${number}`, revision: 0, why: event });
    }
  }
  async function* read(stream: string): AsyncGenerator<StoredEvent, void, void> {
    for await (const event of readAll()) if (event.stream === stream) yield event;
  }
  return { readAll, read };
}
