import { Page } from '../ui/page.js';

export default function OperationsPage() {
  return <Page title="Operations">{null}</Page>;
}
