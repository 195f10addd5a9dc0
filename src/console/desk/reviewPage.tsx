import { Page } from '../ui/page.js';

export default function ReviewPage() {
  return <Page title="Review">{null}</Page>;
}
