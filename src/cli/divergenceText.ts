/** How a stored event and the chart part, in one sentence. */
import type { Divergence } from '../replay/divergence.js';
import { stateLine } from './output.js';

export function divergenceText({ kind, type, detail, state, stored, chart }: Divergence): string {
  switch (kind) {
    case 'from':
      return `the event says from ${lineOf(stored)}, the chart ${lineOf(chart)}`;
    case 'to':
      return `the event says to ${lineOf(stored)}, the chart ${lineOf(chart)}`;
    case 'refused':
      return `the chart refuses ${type ?? 'it'} in ${lineOf(state)}; nothing after it can be told`;
    default:
      return `${detail}; nothing after it can be told`;
  }
}

function lineOf(state: Divergence['state']): string {
  return state === null ? 'none' : stateLine(state);
}
