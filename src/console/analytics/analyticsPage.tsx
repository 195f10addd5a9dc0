/** How accounts fare: the way to being verified, what waits, what was decided, week by week. */
import { useLocation } from 'preact-iso';
import { session } from '../api/session.js';
import { ButtonLink } from '../ui/button.js';
import { Notice } from '../ui/feedback.js';
import { Page } from '../ui/page.js';
import './analytics.css';
import { DecisionsSection } from './decisionsSection.js';
import { FunnelSection } from './funnelSection.js';
import { KeyFigures } from './keyFigures.js';
import { PeriodChooser } from './periodChooser.js';
import { type Period, periodIn, periodInWords, problemOfPeriod } from './period.js';
import { QuestionsSection } from './questionsSection.js';
import { TimeSection } from './timeSection.js';
import { useFigures } from './useFigures.js';
import { WeeksSection } from './weeksSection.js';
import { WorkloadSection } from './workloadSection.js';

/** Who may try another policy. */
const backtesters: readonly string[] = ['analyst', 'auditor', 'admin'];

export default function AnalyticsPage() {
  const { query } = useLocation();
  const period = periodIn(query);
  const problem = problemOfPeriod(period);
  return (
    <Page
      title="Analytics"
      wide
      lead={<span aria-live="polite">{`${periodInWords(period)}, in UTC`}</span>}
      actions={
        backtesters.includes(session.value?.role ?? '') && (
          <ButtonLink href="/console/analytics/backtest">Try another policy</ButtonLink>
        )
      }
    >
      <PeriodChooser period={period} />
      {problem !== undefined ? <Notice tone="wait" title={problem} /> : <Figures period={period} />}
    </Page>
  );
}

/** What several parts of the page are about is asked for once. */
function Figures({ period }: { readonly period: Period }) {
  const funnel = useFigures('funnel', period);
  const decisions = useFigures('decisions', period);
  return (
    <>
      <KeyFigures funnel={funnel.data} decisions={decisions.data} />
      <FunnelSection query={funnel} />
      <WeeksSection period={period} />
      <TimeSection period={period} />
      <QuestionsSection period={period} />
      <DecisionsSection query={decisions} />
      <WorkloadSection />
    </>
  );
}
