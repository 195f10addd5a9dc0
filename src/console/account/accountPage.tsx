import { Page } from '../ui/page.js';

export default function AccountPage() {
  return <Page title="Account">{null}</Page>;
}
