import { Page } from '../ui/page.js';

export default function BacktestPage() {
  return <Page title="Backtest">{null}</Page>;
}
