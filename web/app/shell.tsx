import { lazy, Suspense, useEffect, useRef } from 'react';
import { Link, useLocation } from 'react-router';

import { isProduction } from '../../shared/domain/stage.ts';
import { ErrorBoundary } from '../components/error-boundary.tsx';
import { Loading } from '../components/loaded.tsx';
import { Notices } from '../components/notices.tsx';
import { useMe } from '../lib/me.ts';
import { Announcement, LaunchPauseNotice } from './announcement.tsx';
import { Footer } from './footer.tsx';
import icon from './icon.svg';
import { NewVersion } from './new-version.tsx';
import { Pages } from './pages.tsx';
import { SignOut } from './sign-out.tsx';

const SECTIONS = [
  { to: '/', text: 'Dashboard', pages: /^\/$/ },
  { to: '/clusters', text: 'Clusters', pages: /^\/(clusters|new\/cluster)(\/|$)/ },
  { to: '/spark-jobs', text: 'Spark jobs', pages: /^\/(spark-jobs|new\/spark-job)(\/|$)/ },
  { to: '/ssh-keys', text: 'SSH keys', pages: /^\/(ssh-keys|new\/ssh-key)(\/|$)/ },
  { to: '/usage', text: 'Usage', pages: /^\/usage$/ },
];

const ADMINISTRATION = { to: '/admin', text: 'Administration', pages: /^\/admin(\/|$)/ };

/** A deployed portal is never on the person's own machine. */
const isLocal = location.hostname === 'localhost' || location.hostname === '127.0.0.1';
const SparkInstallation = lazy(() => import('./spark-installation.tsx'));

/** Scrolls each new page to its top and moves the focus there for screen readers. */
const useTopOfPage = (pathname: string) => {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(pathname);
  useEffect(() => {
    if (shown.current === pathname) return;
    shown.current = pathname;
    scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [pathname]);
  return main;
};

/** The frame of every page: navigation, the signed-in person, announcement and version. */
export const Shell = () => {
  const { environment, newsUnread, permissions } = useMe();
  const sections = permissions.includes('administer') ? [...SECTIONS, ADMINISTRATION] : SECTIONS;
  const { pathname } = useLocation();
  const main = useTopOfPage(pathname);
  return (
    <div className="atmo-shell">
      <a className="atmo-skip" href="#main">
        Skip to the content
      </a>
      {!isProduction(environment) && (
        <aside aria-label="Environment" className="atmo-environment">
          This is the <strong>{environment}</strong> environment, not production.
        </aside>
      )}
      <header className="atmo-header">
        <Link to="/" className="atmo-brand">
          <img src={icon} alt="" width="28" height="28" />
          ATMO
        </Link>
        <nav aria-label="Sections" className="atmo-sections">
          {sections.map(({ to, text, pages }) => (
            <Link key={to} to={to} {...(pages.test(pathname) ? { 'aria-current': 'page' } : {})}>
              {text}
            </Link>
          ))}
        </nav>
        <Link to="/news">
          News
          {newsUnread && <span className="atmo-unread">new</span>}
        </Link>
        <SignOut />
      </header>
      <main id="main" className="atmo-main" tabIndex={-1} ref={main}>
        <Announcement />
        <LaunchPauseNotice />
        {isLocal && (
          <Suspense fallback={null}>
            <SparkInstallation />
          </Suspense>
        )}
        <NewVersion />
        <Notices />
        <ErrorBoundary page={pathname}>
          <Suspense fallback={<Loading />}>
            <Pages />
          </Suspense>
        </ErrorBoundary>
      </main>
      <Footer />
    </div>
  );
};
