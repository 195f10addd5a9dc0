import { Page } from '../ui/page.js';

export default function AuditPage() {
  return <Page title="Audit">{null}</Page>;
}
