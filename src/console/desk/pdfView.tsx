/** A PDF drawn on canvases: no scripts, no forms, no links, no attachments of it are ever touched. */
import { getDocument, type PDFDocumentProxy, PDFWorker } from 'pdfjs-dist';
// oxlint-disable-next-line import/default -- the build gives its address in place of the module
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../ui/button.js';
import { Notice, Skeleton } from '../ui/feedback.js';
import { PdfData } from './pdfData.js';
import { startWorker } from './trustedWorker.js';

/** So many pages are drawn; whoever needs the others downloads the file. */
const mostPages = 50;
/** Pages drawn at first, and with each press of the button. */
const atOnce = 5;
/** Most pixels of a canvas: 16 megapixels take 64 MB. */
const mostPixels = 16_000_000;

type Opening = { readonly pdf: Promise<PDFDocumentProxy>; readonly close: () => void };

/** Opens it in a worker of its own, which ends with its view: a file that keeps one busy for ever holds up no other. */
function openPdf(bytes: Blob): Opening {
  const port = startWorker(workerUrl);
  const worker = PDFWorker.create({ port, verbosity: 0 });
  const read = async (): Promise<PDFDocumentProxy> =>
    getDocument({
      data: new Uint8Array(await bytes.arrayBuffer()),
      worker,
      isEvalSupported: false,
      enableXfa: false,
      // Glyphs are drawn as paths: no font of a stranger is handed to the browser.
      disableFontFace: true,
      // Decoders in WebAssembly would need a looser Content-Security-Policy; those in JavaScript do the same.
      useWasm: false,
      BinaryDataFactory: PdfData,
      useWorkerFetch: false,
      stopAtErrors: false,
      verbosity: 0,
    }).promise;
  // One that cannot be loaded answers nothing.
  const failed = new Promise<never>((_resolve, reject) =>
    port.addEventListener('error', () => reject(new Error('the worker does not start'))),
  );
  return {
    pdf: Promise.race([read(), failed]),
    close: () => {
      worker.destroy();
      port.terminate();
    },
  };
}

/** How many pixels of the screen are one of the page; another number after the page was zoomed. */
function usePixelRatio(): number {
  const [ratio, setRatio] = useState(devicePixelRatio);
  useEffect(() => {
    const query = matchMedia(`(resolution: ${ratio}dppx)`);
    const follow = (): void => setRatio(devicePixelRatio);
    follow();
    query.addEventListener('change', follow);
    return () => query.removeEventListener('change', follow);
  }, [ratio]);
  return ratio;
}

export function PdfView({ bytes, fileName }: { readonly bytes: Blob; readonly fileName: string }) {
  const [pdf, setPdf] = useState<PDFDocumentProxy | undefined>(undefined);
  const [broken, setBroken] = useState(false);
  const [shown, setShown] = useState(atOnce);
  useEffect(() => {
    let left = false;
    const { pdf: opening, close } = openPdf(bytes);
    opening.then(
      (document) => left || setPdf(document),
      () => left || setBroken(true),
    );
    return () => {
      left = true;
      close();
    };
  }, [bytes]);
  if (broken) {
    return (
      <Notice tone="wait" title="This PDF cannot be shown">
        It is damaged, or opens with a password only; or what shows it could not be loaded. It can be downloaded.
      </Notice>
    );
  }
  if (pdf === undefined) return <Skeleton lines={8} label={`Opening ${fileName}`} />;
  const pages = Math.min(pdf.numPages, shown, mostPages);
  return (
    <>
      <div class="viewer viewer-pages" tabIndex={0} role="region" aria-label={fileName}>
        {Array.from({ length: pages }, (_, index) => (
          <PdfPage key={index} pdf={pdf} number={index + 1} />
        ))}
      </div>
      <p class="row small muted">
        {pages} of {pdf.numPages} pages
        {pages < Math.min(pdf.numPages, mostPages) && (
          <Button small onClick={() => setShown(shown + atOnce)}>
            More pages
          </Button>
        )}
        {pages === mostPages && pdf.numPages > mostPages && '. The others are in the download.'}
      </p>
    </>
  );
}

function PdfPage({ pdf, number }: { readonly pdf: PDFDocumentProxy; readonly number: number }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const ratio = usePixelRatio();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let left = false;
    let cancel = (): void => undefined;
    const draw = async (): Promise<void> => {
      const page = await pdf.getPage(number);
      const element = canvas.current;
      // Two drawings of different sizes at once on one canvas are refused.
      if (element === null || left) return;
      const natural = page.getViewport({ scale: 1 });
      const wanted = (Math.min(1_100, element.clientWidth || 800) * ratio) / natural.width;
      const most = Math.sqrt(mostPixels / (natural.width * natural.height));
      const viewport = page.getViewport({ scale: Math.min(wanted, most) });
      element.width = Math.round(viewport.width);
      element.height = Math.round(viewport.height);
      const drawing = page.render({ canvas: element, viewport, annotationMode: 0 });
      cancel = () => drawing.cancel();
      await drawing.promise;
    };
    draw().catch(() => {
      if (!left) setFailed(true);
    });
    return () => {
      left = true;
      cancel();
    };
  }, [pdf, number, ratio]);
  if (failed) return <p class="muted">Page {number} cannot be drawn.</p>;
  return <canvas ref={canvas} class="viewer-page" role="img" aria-label={`Page ${number}`} />;
}
