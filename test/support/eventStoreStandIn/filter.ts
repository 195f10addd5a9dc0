/** Filters of subscriptions, on stream names or event types, by prefix or regular expression. */
import type { Recorded } from './log.js';

export type Filter = {
  readonly matches: (event: Recorded) => boolean;
  /** A checkpoint is sent after so many events were looked through. */
  readonly checkpointAfter: number;
};

type Expression = { getRegex(): string; getPrefixList(): string[] };
type FilterOptions = {
  getStreamIdentifier(): Expression | undefined;
  getEventType(): Expression | undefined;
  getMax(): number;
  getCheckpointintervalmultiplier(): number;
};

export function filterOf(options: FilterOptions | undefined): Filter {
  if (options === undefined) return { matches: () => true, checkpointAfter: Number.MAX_SAFE_INTEGER };
  const byStream = options.getStreamIdentifier();
  const expression = byStream ?? options.getEventType();
  const regex = expression?.getRegex() ?? '';
  const prefixes = expression?.getPrefixList() ?? [];
  const accepts =
    regex === ''
      ? (text: string) => prefixes.some((prefix) => text.startsWith(prefix))
      : (text: string) => new RegExp(regex).test(text);
  return {
    matches: ({ stream, type }) => accepts(byStream === undefined ? type : stream),
    checkpointAfter: Math.max(1, options.getMax() || 32) * Math.max(1, options.getCheckpointintervalmultiplier()),
  };
}
