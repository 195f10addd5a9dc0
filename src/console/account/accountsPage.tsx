import { Page } from '../ui/page.js';

export default function AccountsPage() {
  return <Page title="Accounts">{null}</Page>;
}
