import { localText, utcText } from '../lib/instant-text.ts';

/** A line may end between the date and the time, not within them. */
const Parts = ({ text, look }: { readonly text: string; readonly look: string }) => {
  const [first = '', ...more] = text.split(/(?<=-\d\d) /);
  return (
    <span className={look}>
      <span>{first}</span>
      {more.length > 0 && (
        <>
          {' '}
          <span>{more.join(' ')}</span>
        </>
      )}
    </span>
  );
};

/** A time in UTC, and in the person's time zone if that differs. */
export const Moment = ({ at }: { readonly at: string }) => {
  const local = localText(at);
  return (
    <time dateTime={at} className="atmo-moment">
      <Parts text={utcText(at)} look="atmo-utc" />
      {local !== null && (
        <>
          {' '}
          <Parts text={`(${local})`} look="atmo-local-time" />
        </>
      )}
    </time>
  );
};

/** The same, with a text for a time that does not exist yet. */
export const MomentOr = ({ at, otherwise = '–' }: { readonly at: string | null; readonly otherwise?: string }) =>
  at === null ? otherwise : <Moment at={at} />;
