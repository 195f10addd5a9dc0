import { Page } from '../ui/page.js';

export default function AnalyticsPage() {
  return <Page title="Analytics">{null}</Page>;
}
