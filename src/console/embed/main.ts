/**
 * The elements that a provider's dashboard uses, in one file:
 *
 *     <script type="module" src="https://gatehouse.example/embed/gatehouse.js"></script>
 *     <gatehouse-setup-guide account="acme" token="gh_customer_…"></gatehouse-setup-guide>
 *     <gatehouse-gate-notice account="acme" token="gh_customer_…" action="broadcast.start"><button>Start</button></gatehouse-gate-notice>
 */
import { GateNoticeElement } from './gateNotice.js';
import { SetupGuideElement } from './setupGuide.js';

export { GateNoticeElement, SetupGuideElement };

function define(name: string, element: CustomElementConstructor): void {
  // A page that loads this file twice has them already.
  if (customElements.get(name) === undefined) customElements.define(name, element);
}

define('gatehouse-setup-guide', SetupGuideElement);
define('gatehouse-gate-notice', GateNoticeElement);
