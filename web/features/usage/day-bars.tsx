import { useRef, useState, type KeyboardEvent } from 'react';

import { scaleOf, scaleText, type Bar, type Measure } from './bars.ts';
import { PartsOfBar } from './parts-of-bar.tsx';

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  Home: () => 0,
  End: (_, last) => last,
};

/** Which of the bars the Tab key reaches; the arrow keys move between them. */
const useArrowKeys = (count: number, first: number) => {
  const list = useRef<HTMLOListElement>(null);
  const [at, setAt] = useState<number | null>(null);
  const reached = Math.min(at ?? first, count - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(count - 1, step(reached, count - 1)));
    setAt(next);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return { list, reached, setAt, onKeyDown };
};

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
