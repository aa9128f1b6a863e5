import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useLocation } from 'react-router';

import { isProduction } from '../../shared/domain/stage.ts';
import { ErrorBoundary } from '../components/error-boundary.tsx';
import { Loading } from '../components/loaded.tsx';
import { Notices } from '../components/notices.tsx';
import { useMe } from '../lib/me.ts';
import { useStacked } from '../lib/use-media.ts';
import { useRemembered } from '../lib/use-remembered.ts';
import { Announcement, LaunchPauseNotice } from './announcement.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { NewVersion } from './new-version.tsx';
import { Pages } from './pages.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import { usePrefetch } from './use-prefetch.ts';

/** A deployed portal is never on the person's own machine. */
const isLocal = location.hostname === 'localhost' || location.hostname === '127.0.0.1';
const SparkInstallation = lazy(() => import('./spark-installation.tsx'));

const HelpPanel = lazy(() => import('./help-panel.tsx'));
const SearchDialog = lazy(() => import('./search-dialog.tsx'));
const KeysDialog = lazy(() => import('./keys-dialog.tsx'));

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

/**
 * Whether the help is open. Beside the page it stays so for the next visit. Above the page it would push each page down.
 */
const useHelp = () => {
  const isStacked = useStacked();
  const [remembered, remember] = useRemembered('atmo-help', 'closed');
  const [isOpenNow, setOpenNow] = useState(false);
  const isOpen = isStacked ? isOpenNow : remembered === 'open';
  const toggle = (): void => (isStacked ? setOpenNow(!isOpen) : remember(isOpen ? 'closed' : 'open'));
  return { isOpen, toggle };
};

/** The frame of every page: navigation, the signed-in person, notices, help and version. */
export const Shell = () => {
  const { environment } = useMe();
  const { pathname } = useLocation();
  const main = useTopOfPage(pathname);
  const [dialog, setDialog] = useState<'search' | 'keys' | null>(null);
  const help = useHelp();
  useShortcuts({ '/': () => setDialog('search'), '?': () => setDialog('keys'), h: help.toggle });
  usePrefetch();
  const close = (): void => setDialog(null);
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
      <Header
        isHelpOpen={help.isOpen}
        onHelp={help.toggle}
        onSearch={() => setDialog('search')}
        onKeys={() => setDialog('keys')}
      />
      <div className="atmo-body">
        <main id="main" className="atmo-main" tabIndex={-1} ref={main}>
          <Notices>
            <Announcement />
            <LaunchPauseNotice />
            {isLocal && (
              <Suspense fallback={null}>
                <SparkInstallation />
              </Suspense>
            )}
            <NewVersion />
          </Notices>
          <ErrorBoundary page={pathname}>
            <Suspense fallback={<Loading isPage />}>
              <Pages />
            </Suspense>
          </ErrorBoundary>
        </main>
        {help.isOpen && (
          <Suspense fallback={<div className="atmo-help" />}>
            <HelpPanel pathname={pathname} onClose={help.toggle} />
          </Suspense>
        )}
      </div>
      <Footer />
      <Suspense>
        {dialog === 'search' && <SearchDialog onClose={close} />}
        {dialog === 'keys' && <KeysDialog onClose={close} />}
      </Suspense>
    </div>
  );
};
