/** One piece of evidence in place: bytes from the API, drawn by this page. Nothing in a file is run or followed. */
import { lazy } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { ApiProblem, problemOf } from '../api/client.js';
import { patientFetch } from '../api/patientFetch.js';
import { patientImport } from '../api/patientImport.js';
import type { Problem } from '../api/types.js';
import { Button } from '../ui/button.js';
import { Notice, ProblemNotice, Skeleton } from '../ui/feedback.js';

type Kind = 'screenshot' | 'pdf' | 'text';
type Loaded = { readonly bytes: Blob; readonly url: string };

/** So much of a text is shown; the whole of it can be downloaded. In characters. */
const longestText = 100_000;

const PdfView = lazy(async () =>
  patientImport(() => import('./pdfView.js')).then(
    ({ PdfView: view }) => view,
    () => NotLoaded,
  ),
);

/** In place of what shows PDF files, where that is not there any more; the review stays as it is. */
function NotLoaded() {
  return (
    <Notice tone="wait" title="This PDF cannot be shown before the page is loaded anew">
      A part of the console could not be loaded; it may have been updated. What you typed is kept through a reload, and
      the file can be downloaded.
    </Notice>
  );
}

/** The bytes, and an address for them within this page; given back when they are not shown any more. */
function useBytes(url: string): { readonly loaded?: Loaded; readonly problem?: Problem; readonly again: () => void } {
  const [state, setState] = useState<{ loaded?: Loaded; problem?: Problem }>({});
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const asking = new AbortController();
    let made: string | undefined;
    const load = async (): Promise<void> => {
      const response = await patientFetch(new Request(url, { signal: asking.signal }));
      if (!response.ok) throw new ApiProblem((await response.json()) as Problem);
      const bytes = await response.blob();
      if (asking.signal.aborted) return;
      made = URL.createObjectURL(bytes);
      setState({ loaded: { bytes, url: made } });
    };
    setState({});
    load().catch((error: unknown) => {
      if (!asking.signal.aborted) setState({ problem: problemOf(error) });
    });
    return () => {
      asking.abort();
      if (made !== undefined) URL.revokeObjectURL(made);
    };
  }, [url, attempt]);
  return { ...state, again: () => setAttempt(attempt + 1) };
}

type EvidenceViewProps = { readonly url: string; readonly kind: Kind; readonly fileName: string };

export function EvidenceView({ url, kind, fileName }: EvidenceViewProps) {
  const { loaded, problem, again } = useBytes(url);
  if (problem !== undefined) return <ProblemNotice problem={problem} onRetry={again} />;
  if (loaded === undefined) return <Skeleton lines={8} label={`Loading ${fileName}`} />;
  if (kind === 'pdf') return <PdfView bytes={loaded.bytes} fileName={fileName} />;
  if (kind === 'text') return <TextView bytes={loaded.bytes} fileName={fileName} />;
  return <ImageView url={loaded.url} fileName={fileName} />;
}

/** An image decodes without running anything; what the browser cannot decode is said. */
function ImageView({ url, fileName }: { readonly url: string; readonly fileName: string }) {
  const [broken, setBroken] = useState(false);
  const [larger, setLarger] = useState(false);
  const [full, setFull] = useState(false);
  if (broken) {
    return (
      <Notice tone="wait" title="This image cannot be shown">
        The file is damaged, or of a kind that this browser does not show. It can be downloaded.
      </Notice>
    );
  }
  return (
    <>
      <div class="viewer" tabIndex={0} role="region" aria-label={fileName}>
        <img
          class={full ? 'viewer-full' : undefined}
          src={url}
          alt={`Evidence ${fileName}`}
          onLoad={({ currentTarget: image }) => setLarger(image.naturalWidth > image.clientWidth)}
          onError={() => setBroken(true)}
        />
      </div>
      {larger && (
        <div>
          <Button small aria-pressed={full} onClick={() => setFull(!full)}>
            Full size
          </Button>
        </div>
      )}
    </>
  );
}

function TextView({ bytes, fileName }: { readonly bytes: Blob; readonly fileName: string }) {
  const [text, setText] = useState<string | undefined>(undefined);
  useEffect(() => {
    let shown = true;
    // UTF-8 takes at most four bytes a character.
    void bytes
      .slice(0, longestText * 4)
      .text()
      .then((read) => shown && setText(read));
    return () => void (shown = false);
  }, [bytes]);
  if (text === undefined) return <Skeleton lines={8} label={`Reading ${fileName}`} />;
  return (
    <>
      <pre class="viewer viewer-text" tabIndex={0} role="region" aria-label={fileName}>
        {text.slice(0, longestText)}
      </pre>
      {text.length > longestText && <p class="small muted">The beginning; the whole file can be downloaded.</p>}
    </>
  );
}
