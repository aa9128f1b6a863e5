import { Name } from '../../components/name.tsx';
import type { Bar } from './bars.ts';
import { PartsOfBar } from './parts-of-bar.tsx';

interface NameBarsProps {
  readonly name: string;
  /** The longest first. */
  readonly bars: readonly Bar[];
  /** How many have none here. */
  readonly more: number;
}

/** A bar for each name, with what it stands for beside it. */
export const NameBars = ({ name, bars, more }: NameBarsProps) => {
  const top = bars[0]?.amount ?? 1;
  return (
    <>
      <ul className="atmo-name-bars" aria-label={name}>
        {bars.map((bar) => (
          <li key={bar.key}>
            <Name text={bar.name} />
            <div aria-hidden="true">
              <PartsOfBar bar={bar} top={top} />
            </div>
            <span>{bar.words}</span>
          </li>
        ))}
      </ul>
      {more > 0 && <p className="atmo-bars-said">{more} more in the table below</p>}
    </>
  );
};
