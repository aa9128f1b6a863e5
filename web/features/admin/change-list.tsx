import type { Difference } from '../../../shared/domain/differences.ts';
import { valueText } from './value-text.ts';

/** What a change does, field by field. */
export const ChangeList = ({
  changes,
  more = 0,
}: {
  readonly changes: readonly Difference[];
  readonly more?: number;
}) =>
  changes.length === 0 ? (
    'Nothing differs.'
  ) : (
    <ul className="atmo-changes">
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          <code>{field}</code>: {valueText(before)} → <strong>{valueText(after)}</strong>
        </li>
      ))}
      {more > 0 && <li>and {more} more</li>}
    </ul>
  );
