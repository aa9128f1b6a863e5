import { Link } from 'react-router';

import { useMe } from '../lib/me.ts';
import { utcText } from '../lib/instant-text.ts';
import { useNow } from '../lib/use-now.ts';

/** The server's time to the minute. */
const UtcClock = () => {
  const now = new Date(useNow()).toISOString();
  return <span>{utcText(now)}</span>;
};

/** Characters of a commit, as git shortens it. */
const SHORT_COMMIT = 7;

/** Version and commit, links to help, and the time by which everything here happens. */
export const Footer = () => {
  const { environment, version, commit, sendsMails, helpLinks } = useMe();
  return (
    <footer className="atmo-footer">
      <span>
        ATMO {version} ({commit.slice(0, SHORT_COMMIT)}) · {environment}
      </span>
      {!sendsMails && <span>This deployment sends no mails. Check expiry times and failed runs here.</span>}
      {helpLinks.map(({ text, url }) => (
        <a key={`${text} ${url}`} href={url}>
          {text}
        </a>
      ))}
      <Link to="/api-reference">API</Link>
      <UtcClock />
    </footer>
  );
};
