/** Keeps a page that fails from taking the frame with it. */
import type { ComponentChildren } from 'preact';
import { useEffect, useErrorBoundary, useRef } from 'preact/hooks';
import { Crash } from './crash.js';

/** @param path where one is: another page is given another chance */
export function Guarded({ path, children }: { readonly path: string; readonly children: ComponentChildren }) {
  const [error, again] = useErrorBoundary();
  const shown = useRef(path);
  useEffect(() => {
    if (shown.current !== path) again();
    shown.current = path;
  }, [path]);
  return error === undefined ? <>{children}</> : <Crash error={error as Error} onAgain={again} />;
}
