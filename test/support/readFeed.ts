/** A plain reader of the gate feed, or of another one, as any program could be. */
import { createParser } from 'eventsource-parser';

export type Message = { readonly event: string | undefined; readonly id: string | undefined; readonly data: Data };
type Data = Readonly<Record<string, unknown>>;

export type FeedReader = {
  readonly response: Response;
  readonly messages: Message[];
  readonly text: () => string;
  /** Waits until a message is there. */
  readonly until: (found: (message: Message) => boolean) => Promise<Message>;
  /** Resolves when the service ends the stream. */
  readonly ended: Promise<void>;
  readonly close: () => void;
};

export async function readFeed(
  url: string,
  token: string,
  options: { readonly lastEventId?: string; readonly query?: string; readonly path?: string } = {},
): Promise<FeedReader> {
  const closing = new AbortController();
  const response = await fetch(`${url}${options.path ?? '/v1/gate/changes'}${options.query ?? ''}`, {
    headers: {
      Authorization: `Bearer ${token}`,
      ...(options.lastEventId === undefined ? {} : { 'Last-Event-ID': options.lastEventId }),
    },
    signal: closing.signal,
  });
  const messages: Message[] = [];
  let text = '';
  let wake: () => void = () => undefined;
  const parser = createParser({
    onEvent: ({ event, id, data }) => {
      messages.push({ event, id, data: JSON.parse(data) as Data });
      wake();
    },
  });
  const read = async (): Promise<void> => {
    const decoder = new TextDecoder();
    if (response.body === null) return;
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      const piece = decoder.decode(chunk, { stream: true });
      text += piece;
      parser.feed(piece);
    }
  };
  const ended = response.ok ? read().catch(() => undefined) : Promise.resolve();
  const until: FeedReader['until'] = async (found) => {
    for (;;) {
      const message = messages.find(found);
      if (message !== undefined) return message;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return { response, messages, text: () => text, until, ended, close: () => closing.abort() };
}
