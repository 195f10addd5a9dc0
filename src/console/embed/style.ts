/** One style sheet for all elements of a page: made by script, so that a page's Content-Security-Policy has no say in it. */
import css from './embed.css?inline';

let made: CSSStyleSheet | undefined;

export function sheet(): CSSStyleSheet {
  if (made === undefined) {
    made = new CSSStyleSheet();
    made.replaceSync(css);
  }
  return made;
}
