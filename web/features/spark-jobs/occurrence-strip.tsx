import { useState } from 'react';
import { Link } from 'react-router';

import { PAGES } from '../../../shared/contract/pages.ts';
import type { OccurrenceView } from '../../../shared/contract/routes/runs.ts';
import { exactDurationText, utcText } from '../../lib/instant-text.ts';
import { useArrowKeys } from '../../lib/use-arrow-keys.ts';
import { useNow } from '../../lib/use-now.ts';
import { useNarrow } from '../../lib/use-media.ts';
import { barChart, type Bar, type BarLook } from './occurrence-bars.ts';
import './occurrence-strip.css';

interface OccurrenceStripProps {
  readonly identifier: string;
  /** Newest first. */
  readonly items: readonly OccurrenceView[];
  readonly upcoming: readonly string[];
  /** Hours. */
  readonly timeout: number;
}

/** Of a phone's width. */
const NARROW = 25;

const KEYS: readonly (readonly [BarLook | 'upcoming', string])[] = [
  ['succeeded', 'Succeeded'],
  ['failed', 'Failed'],
  ['timedOut', 'Timed out'],
  ['cancelled', 'Cancelled or not executed'],
  ['running', 'Running'],
  ['hole', 'Did not run'],
  ['upcoming', 'To come'],
];

type Shown = Omit<Bar, 'look'> & { readonly look: BarLook | 'upcoming' };

const upcomingBar =
  (now: number) =>
  (occurrence: string): Shown => ({
    occurrence,
    runId: null,
    look: 'upcoming',
    height: 1,
    words: `${utcText(occurrence)}: ${Date.parse(occurrence) <= now ? 'due, has no run yet' : 'to come'}`,
  });

const Look = ({ bar: { look, height } }: { readonly bar: Pick<Shown, 'look' | 'height'> }) => (
  <i style={{ '--atmo-bar-height': height } as object} data-look={look} />
);

/** A job's last occurrences and the next ones: a bar for each, as high as its run was long. */
export const OccurrenceStrip = ({ identifier, items, upcoming, timeout }: OccurrenceStripProps) => {
  const now = useNow();
  const isNarrow = useNarrow();
  const chart = barChart(isNarrow ? items.slice(0, NARROW) : items, now);
  const bars: readonly Shown[] = [...chart.bars, ...upcoming.map(upcomingBar(now))];
  const { list, reached, setAt, onKeyDown } = useArrowKeys(bars.length, Math.max(0, chart.bars.length - 1));
  const [pointedAt, setPointedAt] = useState<number | null>(null);
  const said = bars[pointedAt ?? reached];
  const lines = [
    ...(chart.usual === null ? [] : [{ seconds: chart.usual, text: `usual ${exactDurationText(chart.usual)}` }]),
    ...(timeout * 3600 <= chart.top ? [{ seconds: timeout * 3600, text: `timeout ${timeout} h` }] : []),
  ];
  return (
    <div>
      <div className="atmo-strip">
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys move among the list's links */}
        <ol
          ref={list}
          aria-label="Occurrences, oldest first"
          onKeyDown={onKeyDown}
          onMouseLeave={() => setPointedAt(null)}
        >
          {bars.map((bar, index) => {
            const shared = {
              className: `atmo-bar atmo-bar-${bar.look}`,
              'aria-label': bar.words,
              tabIndex: index === reached ? 0 : -1,
              onFocus: () => setAt(index),
              onMouseEnter: () => setPointedAt(index),
            };
            return (
              <li key={bar.occurrence}>
                {bar.runId === null ? (
                  <button type="button" {...shared} onClick={() => setAt(index)}>
                    <Look bar={bar} />
                  </button>
                ) : (
                  <Link to={PAGES.run(identifier, bar.runId)} {...shared}>
                    <Look bar={bar} />
                  </Link>
                )}
              </li>
            );
          })}
        </ol>
        {lines.map(({ seconds, text }) => (
          <div
            key={text}
            className="atmo-strip-line"
            style={{ insetBlockEnd: `${Math.round((74 * seconds) / chart.top)}px` }}
          />
        ))}
      </div>
      <p className="atmo-strip-said">{said?.words}</p>
      <ul className="atmo-strip-keys" aria-label="What the bars mean">
        {KEYS.filter(([look]) =>
          bars.some((bar) => bar.look === look || (look === 'cancelled' && bar.look === 'notExecuted')),
        ).map(([look, text]) => (
          <li key={look}>
            <span className={`atmo-bar atmo-bar-${look}`} aria-hidden="true">
              <Look bar={{ look, height: 1 }} />
            </span>
            {text}
          </li>
        ))}
        {lines.length > 0 && <li>Dashed line: {lines.map(({ text }) => text).join(', ')}</li>}
        {chart.bars.length > 0 && timeout * 3600 > chart.top && <li>The timeout, {timeout} h, is above the scale.</li>}
      </ul>
    </div>
  );
};
