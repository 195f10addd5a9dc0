/**
 * What came to the log since a list was shown. The list stays as it is until somebody looks again, so that nobody loses
 * their place.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import { api, bodyOf } from '../api/client.js';
import { useChanges } from '../api/live.js';
import { afterMissed, type NewEvents, noneNew, since, withTold } from './newEvents.js';

/** So many of the latest events are asked for where some may not have been told. */
const mostAsked = 100;

/** @param upTo up to where in the log the list shows everything; undefined while there is no list */
export function useNewEvents(upTo: string | undefined): NewEvents {
  const [fresh, setFresh] = useState<NewEvents>(noneNew);
  const shown = useRef(upTo);
  shown.current = upTo;
  useEffect(() => setFresh((before) => (upTo === undefined ? noneNew : since(before, upTo))), [upTo]);
  const ask = async (from: string): Promise<void> => {
    const query = { order: 'desc', limit: String(mostAsked) } as const;
    const { items, next } = await bodyOf(api.GET('/v1/transitions', { params: { query } }));
    const latest = items.map(({ position }) => position);
    if (shown.current === from) setFresh((before) => afterMissed(before, from, latest, next === null));
  };
  useChanges((told) => {
    if (told !== 'missed') setFresh((before) => withTold(before, told));
    // What is known stays where this cannot be asked: the list says so itself when somebody looks again.
    else if (upTo !== undefined) ask(upTo).catch(() => undefined);
  });
  return fresh;
}
