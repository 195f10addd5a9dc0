import { Page } from '../ui/page.js';

export default function QueuePage() {
  return <Page title="Reviews">{null}</Page>;
}
