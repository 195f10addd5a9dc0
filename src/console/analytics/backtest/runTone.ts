/** The tone of a run's state. */
import type { Tone } from '../../words/status.js';
import type { Run } from './words.js';

const tones: Readonly<Record<Run['state'], Tone>> = {
  waiting: 'quiet',
  running: 'info',
  finished: 'ok',
  cancelled: 'quiet',
  interrupted: 'wait',
  failed: 'stop',
};

export function runTone(state: Run['state']): Tone {
  return tones[state];
}
