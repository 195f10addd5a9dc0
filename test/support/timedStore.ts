/** An event store whose calls are timed: none may outlive its deadline, whatever the server does. */
import type { EventStore } from '../../src/eventStore/eventStore.js';

/** @param findings told of each call, or step of a read, that took longer than `milliseconds` */
export function timed(store: EventStore, milliseconds: number, findings: string[]): EventStore {
  const watch = async <T>(what: string, work: Promise<T>): Promise<T> => {
    const start = performance.now();
    try {
      return await work;
    } finally {
      const took = performance.now() - start;
      if (took > milliseconds) findings.push(`${what} took ${Math.round(took)} ms`);
    }
  };
  const steps = <T>(what: string, items: AsyncIterable<T>): AsyncIterable<T> => ({
    [Symbol.asyncIterator]: () => {
      const iterator = items[Symbol.asyncIterator]();
      return {
        next: () => watch(what, iterator.next()),
        return: async () => (await iterator.return?.()) ?? { done: true, value: undefined },
      };
    },
  });
  return {
    append: (...args) => watch('append', store.append(...args)),
    read: (...args) => steps('read', store.read(...args)),
    readAll: (...args) => steps('readAll', store.readAll(...args)),
    // A quiet subscription waits for as long as it is quiet.
    subscribe: (options) => store.subscribe(options),
    head: () => watch('head', store.head()),
    selfCheck: () => watch('selfCheck', store.selfCheck()),
    close: () => store.close(),
    get drops() {
      return store.drops;
    },
  };
}
