/**
 * A letter as plain text and as HTML. The HTML needs nothing from elsewhere and no table; colours follow the reader's
 * light or dark setting where the mail program knows it, and read well where it inverts them itself.
 */
import type { Block, Letter, Point } from './letter.js';
import type { MailLocale } from './locale.js';

/** Lines of the text form are no longer than this, but for long words and addresses. */
const lineWidth = 72;

/** One line of a text form's paragraph after the other, without breaking words. */
function wrap(text: string, indent = ''): string {
  const lines: string[] = [];
  for (const given of text.split('\n')) {
    let line = '';
    for (const word of given.split(' ')) {
      if (line !== '' && indent.length + line.length + 1 + word.length > lineWidth) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines.join(`\n${indent}`);
}

function pointText({ title, text }: Point, mark: string): string {
  const indent = ' '.repeat(mark.length);
  const said = wrap(text, indent);
  return title === undefined ? `${mark}${said}` : `${mark}${title}\n${indent}${said}`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return wrap(block.text);
    case 'list':
      return block.points
        .map((point, index) => pointText(point, block.numbered ? `${index + 1}. ` : '- '))
        .join('\n\n');
    default:
      return `${block.label}:\n${block.url}`;
  }
}

/** The text form of a letter. */
export function renderText({ heading, greeting, blocks, closing, footer }: Letter): string {
  const parts = [
    heading,
    greeting,
    ...blocks.map(blockText),
    closing,
    `-- \n${footer.map((line) => wrap(line)).join('\n')}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML, also inside an attribute. Line breaks are kept. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => escapes[character] ?? '');
}

function withBreaks(text: string): string {
  return escapeHtml(text).replaceAll(/\r?\n/g, '<br>');
}

const style = {
  body: 'margin:0;padding:0;background-color:#f3f4f6;color:#1f2430;-webkit-text-size-adjust:100%',
  page: 'max-width:560px;margin:0 auto;padding:32px 16px',
  name: 'margin:0 0 16px;padding:0 8px;font-size:15px;font-weight:600;letter-spacing:.01em;color:#4a5263',
  card: 'background-color:#ffffff;border:1px solid #e2e5ea;border-radius:10px;padding:32px 32px 28px',
  heading: 'margin:0 0 20px;font-size:22px;line-height:1.3;font-weight:650;color:#161a23',
  paragraph: 'margin:0 0 16px;font-size:16px;line-height:1.6',
  list: 'margin:0 0 20px;padding:0 0 0 24px;font-size:16px;line-height:1.55',
  point: 'margin:0 0 12px;padding-left:4px',
  button:
    'display:inline-block;padding:12px 22px;border-radius:7px;background-color:#1d4ed8;color:#ffffff;font-size:16px;font-weight:600;text-decoration:none',
  link: 'color:#1d4ed8;text-decoration:underline',
  footer: 'margin:20px 0 0;padding:0 8px;font-size:13px;line-height:1.55;color:#5c6474',
} as const;

const font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

/** What a dark setting changes; programs that drop style elements keep the light one. */
const darkStyle = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (prefers-color-scheme:dark){
.body{background-color:#14161b!important;color:#e4e7ec!important}
.card{background-color:#1d2027!important;border-color:#333842!important}
.heading{color:#f5f6f8!important}
.quiet{color:#a5acb9!important}
.link{color:#93b4ff!important}
.button{background-color:#3b6cf0!important}
}
@media (max-width:480px){.card{padding:24px 20px 20px!important}}`;

function pointHtml({ title, text }: Point): string {
  const about = title === undefined ? '' : `<strong>${escapeHtml(title)}</strong><br>`;
  return `<li style="${style.point}">${about}${withBreaks(text)}</li>`;
}

function blockHtml(block: Block, isButton: boolean): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p style="${style.paragraph}${block.important === true ? ';font-weight:600' : ''}">${withBreaks(block.text)}</p>`;
    case 'list': {
      const tag = block.numbered ? 'ol' : 'ul';
      return `<${tag} style="${style.list}">\n${block.points.map(pointHtml).join('\n')}\n</${tag}>`;
    }
    default: {
      const kind = isButton ? 'button' : 'link';
      const anchor = `<a class="${kind}" href="${escapeHtml(block.url)}" style="${style[kind]}">${escapeHtml(block.label)}</a>`;
      return `<p style="${isButton ? 'margin:4px 0 24px' : style.paragraph}">${anchor}</p>`;
    }
  }
}

/** The HTML form of a letter. @param provider how the provider names itself, above the letter */
export function renderHtml(letter: Letter, provider: string, locale: MailLocale): string {
  const { subject, preview, heading, greeting, blocks, closing, footer } = letter;
  const button = blocks.find(({ kind }) => kind === 'link');
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(subject)}</title>
<style>${darkStyle}</style>
</head>
<body class="body" style="${style.body};${font}">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preview)}</div>
<div class="body" style="${style.page};${font}">
<p class="quiet" style="${style.name}">${escapeHtml(provider)}</p>
<div class="card" style="${style.card}">
<h1 class="heading" style="${style.heading}">${escapeHtml(heading)}</h1>
<p style="${style.paragraph}">${escapeHtml(greeting)}</p>
${blocks.map((block) => blockHtml(block, block === button)).join('\n')}
<p style="margin:0;font-size:16px;line-height:1.6">${withBreaks(closing)}</p>
</div>
<p class="quiet" style="${style.footer}">${footer.map(withBreaks).join('<br>')}</p>
</div>
</body>
</html>
`;
}
