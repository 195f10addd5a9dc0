/** Tables that PDF files of Chinese, Japanese and Korean writing refer to without holding them. */

/** Where the build put each table, by its name. */
const tables = import.meta.glob<string>('../../../node_modules/pdfjs-dist/cmaps/*.bcmap', {
  query: '?url',
  import: 'default',
  eager: true,
});
const addresses = new Map(Object.entries(tables).map(([path, url]) => [path.slice(path.lastIndexOf('/') + 1), url]));

type Wanted = { readonly kind: string; readonly filename: string };

/** Fetches them from among our own files, and nothing else from anywhere: as pdf.js asks for what a PDF lacks. */
export class PdfData {
  async fetch({ kind, filename }: Wanted): Promise<Uint8Array> {
    const url = kind === 'cMapUrl' ? addresses.get(filename) : undefined;
    if (url === undefined) throw new Error(`there is no ${filename} here`);
    const response = await fetch(url);
    if (!response.ok) throw new Error(`${filename} was answered with ${response.status}`);
    return new Uint8Array(await response.arrayBuffer());
  }
}
