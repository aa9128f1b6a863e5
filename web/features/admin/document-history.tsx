import { lazy, Suspense } from 'react';

import { Loading } from '../../components/loaded.tsx';
import type { DocumentVersionsProps } from './document-versions.tsx';

/** The table is as large as the rest of a page: it loads after the form. */
const DocumentVersions = lazy(() => import('./document-versions.tsx'));

/** Who changed what, newest first. */
export const DocumentHistory = (props: DocumentVersionsProps) => (
  <Suspense fallback={<Loading what="the history" />}>
    <DocumentVersions {...props} />
  </Suspense>
);
