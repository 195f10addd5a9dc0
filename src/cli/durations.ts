/** Durations for people. */

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Milliseconds in the two largest units that matter: `40 ms`, `12 s`, `3 min`, `5 h 10 min`, `12 d 3 h`. */
export function durationText(milliseconds: number): string {
  if (milliseconds < 0) return `-${durationText(-milliseconds)}`;
  if (milliseconds < second) return `${milliseconds} ms`;
  if (milliseconds < minute) return `${Math.floor(milliseconds / second)} s`;
  if (milliseconds < hour) return `${Math.floor(milliseconds / minute)} min`;
  if (milliseconds < day) return pair(milliseconds, hour, 'h', minute, 'min');
  return pair(milliseconds, day, 'd', hour, 'h');
}

function pair(milliseconds: number, large: number, largeName: string, small: number, smallName: string): string {
  const rest = Math.floor((milliseconds % large) / small);
  return `${Math.floor(milliseconds / large)} ${largeName}${rest === 0 ? '' : ` ${rest} ${smallName}`}`;
}
