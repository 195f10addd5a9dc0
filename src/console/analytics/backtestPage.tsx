/** What another policy would have decided: a candidate to edit and run, or a run to look at. */
import { useLocation } from 'preact-iso';
import './analytics.css';
import { filterIn } from './backtest/address.js';
import './backtest/backtest.css';
import { CandidateView } from './backtest/candidateView.js';
import { RunView } from './backtest/runView.js';

export default function BacktestPage() {
  const { query } = useLocation();
  const id = query['run'];
  return id === undefined ? <CandidateView /> : <RunView key={id} id={id} filter={filterIn(query)} />;
}
