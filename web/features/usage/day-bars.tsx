import { useState } from 'react';

import { useArrowKeys } from '../../lib/use-arrow-keys.ts';
import { scaleOf, scaleText, type Bar, type Measure } from './bars.ts';
import { PartsOfBar } from './parts-of-bar.tsx';

const WEEKDAYS = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'UTC' });

const wordsOf = ({ key, words }: Bar): string =>
  `${WEEKDAYS.format(new Date(key))} ${key}: ${words === '' ? 'nothing' : words}`;

/** Days whose number stands below them where not all have room. */
const isMain = (day: number): boolean => day === 1 || day % 5 === 0;

interface DayBarsProps {
  readonly name: string;
  readonly measure: Measure;
  readonly currency: string;
  /** One for each day, in order. */
  readonly bars: readonly Bar[];
}

/** A bar for each day, beside a scale; what a bar says is told below them. */
export const DayBars = ({ name, measure, currency, bars }: DayBarsProps) => {
  const lastUsed = bars.findLastIndex(({ amount }) => amount > 0);
  const { list, reached, setAt, onKeyDown } = useArrowKeys(bars.length, Math.max(0, lastUsed));
  const [pointedAt, setPointedAt] = useState<number | null>(null);
  const marks = scaleOf(measure, Math.max(...bars.map(({ amount }) => amount)));
  const top = marks.at(-1) ?? 1;
  const said = bars[pointedAt ?? reached];
  return (
    <div>
      <div className="atmo-days">
        <div className="atmo-days-scale" aria-hidden="true">
          {marks.toReversed().map((mark) => (
            <span key={mark}>{scaleText(measure, mark, currency)}</span>
          ))}
        </div>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys move among the list's buttons */}
        <ol ref={list} aria-label={name} onKeyDown={onKeyDown} onMouseLeave={() => setPointedAt(null)}>
          {bars.map((bar, index) => {
            const day = Number(bar.key.slice(8));
            return (
              <li key={bar.key}>
                <button
                  type="button"
                  aria-label={wordsOf(bar)}
                  tabIndex={index === reached ? 0 : -1}
                  onFocus={() => setAt(index)}
                  onClick={() => setAt(index)}
                  onMouseEnter={() => setPointedAt(index)}
                >
                  <PartsOfBar bar={bar} top={top} />
                </button>
                <span aria-hidden="true" className={isMain(day) ? 'atmo-main-day' : 'atmo-other-day'}>
                  {day}
                </span>
              </li>
            );
          })}
        </ol>
      </div>
      <p className="atmo-bars-said">{said !== undefined && wordsOf(said)}</p>
    </div>
  );
};
