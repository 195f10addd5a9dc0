/**
 * The elements that a provider's dashboard uses, in one file:
 *
 *     <script type="module" src="https://gatehouse.example/embed/gatehouse.js"></script>
 *     <gatehouse-setup-guide account="acme" token="gh_customer_…"></gatehouse-setup-guide>
 *     <gatehouse-gate-notice account="acme" token="gh_customer_…" action="broadcast.start"><button>Start</button></gatehouse-gate-notice>
 */
import { GateNoticeElement } from './gateNotice.js';
import { reflect } from './reflect.js';
import { SetupGuideElement } from './setupGuide.js';

export { GateNoticeElement, SetupGuideElement };

type Defined = CustomElementConstructor & { readonly observedAttributes: readonly string[] };

function define(name: string, element: Defined): void {
  // A page that loads this file twice has them already.
  if (customElements.get(name) !== undefined) return;
  reflect(element, element.observedAttributes);
  customElements.define(name, element);
}

define('gatehouse-setup-guide', SetupGuideElement);
define('gatehouse-gate-notice', GateNoticeElement);
