import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useId } from 'react';

import { useAddress } from '../../components/use-address.ts';
import { dayBars, MEASURES, nameBars, type Measure, type UsedLine } from './bars.ts';
import { DayBars } from './day-bars.tsx';
import { NameBars } from './name-bars.tsx';
import './usage-bars.css';

interface UsageBarsProps {
  /** What has a bar: `day`, `person`. */
  readonly by: string;
  /** The first and the last day, where each day has one. */
  readonly days: readonly [string, string] | null;
  readonly currency: string;
  readonly lines: readonly UsedLine[];
}

const Keys = () => (
  <ul className="atmo-bar-keys" aria-label="What the colours mean">
    <li>
      <i data-look="clusters" />
      Clusters
    </li>
    <li>
      <i data-look="sessions" />
      Sessions
    </li>
    <li>
      <i data-look="runs" />
      Runs
    </li>
  </ul>
);

const Bars = ({ by, days, currency, lines, measure }: UsageBarsProps & { readonly measure: Measure }) => {
  const name = `${MEASURES.find(({ id }) => id === measure)?.text ?? ''} by ${by}`;
  const named = nameBars(measure, currency, lines);
  if (named.bars.length === 0) return <p className="atmo-bars-said">All values are zero.</p>;
  return (
    <>
      {days === null ? (
        <NameBars name={name} {...named} />
      ) : (
        <DayBars name={name} measure={measure} currency={currency} bars={dayBars(measure, currency, days, lines)} />
      )}
      {measure === 'started' && <Keys />}
    </>
  );
};

/** Native radio buttons: Cloudscape's segmented control would be a tenth of the weight of everybody's own usage. */
const MeasureChoice = ({ measure, onChange }: { readonly measure: Measure; onChange: (chosen: Measure) => void }) => {
  const name = useId();
  return (
    <fieldset className="atmo-measures">
      <legend className="atmo-unseen">What the bars show</legend>
      {MEASURES.map(({ id, text }) => (
        <label key={id}>
          <input type="radio" name={name} checked={id === measure} onChange={() => onChange(id)} />
          {text}
        </label>
      ))}
    </fieldset>
  );
};

/** Rows of a table of usage as bars: their cost, their hours, or what was started. Nothing where there is no row. */
export const UsageBars = (props: UsageBarsProps) => {
  const { parameters, show } = useAddress();
  const measure = MEASURES.find(({ id }) => id === parameters.get('bars'))?.id ?? 'cost';
  if (props.lines.length === 0) return null;
  return (
    <Container header={<Header variant="h2">{`Usage by ${props.by}`}</Header>}>
      <MeasureChoice measure={measure} onChange={(bars) => show({ bars })} />
      <Bars {...props} measure={measure} />
    </Container>
  );
};
