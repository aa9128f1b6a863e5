import { localText, utcText } from '../lib/instant-text.ts';

const Utc = ({ at }: { readonly at: string }) => {
  const [date, ...time] = utcText(at).split(' ');
  return (
    <span className="atmo-utc">
      <span>{date}</span> <span>{time.join(' ')}</span>
    </span>
  );
};

/** A time in UTC, and in the person's time zone if that differs. */
export const Moment = ({ at }: { readonly at: string }) => {
  const local = localText(at);
  return (
    <time dateTime={at} className="atmo-moment">
      <Utc at={at} />
      {local !== null && (
        <>
          {' '}
          <span className="atmo-local-time">({local})</span>
        </>
      )}
    </time>
  );
};

/** The same, with a text for a time that does not exist yet. */
export const MomentOr = ({ at, otherwise = '–' }: { readonly at: string | null; readonly otherwise?: string }) =>
  at === null ? otherwise : <Moment at={at} />;
