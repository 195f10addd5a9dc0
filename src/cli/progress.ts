/** Progress of long work: a bar on a terminal, plain lines elsewhere. */
import { SingleBar } from 'cli-progress';
import { note } from './output.js';

export type Progress = {
  /** @param done and `total` in whatever unit, such as bytes or events; a total of 0 is one that is not known */
  readonly update: (done: number, detail?: string) => void;
  readonly finish: () => void;
};

/** How often a plain line is written, in milliseconds. */
const lineEvery = 5_000;

export function startProgress(label: string, total: number, unit: string): Progress {
  return process.stderr.isTTY && total > 0 ? bar(label, total, unit) : lines(label, total, unit);
}

function bar(label: string, total: number, unit: string): Progress {
  const shown = new SingleBar({
    format: `${label} [{bar}] {percentage}% · {value}/{total} ${unit} · {eta_formatted} left · {detail}`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: false,
  });
  shown.start(total, 0, { detail: '' });
  return {
    update: (done, detail = '') => shown.update(Math.min(done, total), { detail }),
    finish: () => shown.stop(),
  };
}

function lines(label: string, total: number, unit: string): Progress {
  let last = performance.now();
  return {
    update: (done, detail = '') => {
      if (performance.now() - last < lineEvery) return;
      last = performance.now();
      const of = total === 0 ? unit : `of ${total} ${unit} (${Math.floor((100 * done) / total)} %)`;
      note(`${label}: ${done} ${of}${detail === '' ? '' : ` · ${detail}`}`);
    },
    finish: () => undefined,
  };
}
