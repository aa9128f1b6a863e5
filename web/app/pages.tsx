import { Route, Routes } from 'react-router';

import { DeadEnd } from '../components/dead-end.tsx';
import { PAGE_MODULES } from './page-modules.ts';

export const Pages = () => (
  <Routes>
    {PAGE_MODULES.map(({ path, Content }) => (
      <Route key={path} path={path} element={<Content />} />
    ))}
    <Route
      path="*"
      element={
        <DeadEnd
          status={404}
          title="Page not found"
          text="Check the address for a typing error, or press / to search."
          advice=""
        />
      }
    />
  </Routes>
);
