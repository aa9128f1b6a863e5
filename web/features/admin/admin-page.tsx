import './admin.css';

import { Suspense } from 'react';
import { Link, Navigate, Route, Routes, useLocation } from 'react-router';

import { DeadEnd } from '../../components/dead-end.tsx';
import { Loading } from '../../components/loaded.tsx';
import { useMe } from '../../lib/me.ts';
import { SECTIONS } from './sections.ts';

/** On narrow screens the list is a strip that scrolls sideways. */
const reveal = (link: HTMLAnchorElement | null): void => {
  const list = link?.parentElement;
  list?.scrollTo({ left: (link?.offsetLeft ?? 0) - list.offsetLeft });
};

const SideList = () => {
  const { pathname } = useLocation();
  const isShown = (path: string): boolean => pathname === `/admin/${path}` || pathname.startsWith(`/admin/${path}/`);
  return (
    <nav aria-label="Administration" className="atmo-admin-sections">
      {SECTIONS.map(({ path, title }) => (
        <Link key={path} to={`/admin/${path}`} {...(isShown(path) ? { 'aria-current': 'page', ref: reveal } : {})}>
          {title}
        </Link>
      ))}
    </nav>
  );
};

/** The frame of the administration: a side list of its sections, for admins only. */
const AdminPage = () => {
  const { permissions } = useMe();
  if (!permissions.includes('administer'))
    return (
      <DeadEnd
        status={403}
        title="Only admins have access"
        text="Ask an admin if you need what only they can do."
        advice=""
      />
    );
  return (
    <div className="atmo-admin">
      <SideList />
      <div>
        <Suspense fallback={<Loading isPage />}>
          <Routes>
            <Route index element={<Navigate to={SECTIONS[0]?.path ?? '/'} replace />} />
            {SECTIONS.map(({ path, Content }) => (
              <Route key={path} path={`${path}/*`} element={<Content />} />
            ))}
            <Route
              path="*"
              element={
                <DeadEnd status={404} title="Page not found" text="Choose a section of the administration." advice="" />
              }
            />
          </Routes>
        </Suspense>
      </div>
    </div>
  );
};

export default AdminPage;
