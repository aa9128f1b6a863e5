import { lazy, Suspense } from 'react';

import type { Form } from '../lib/use-form.ts';

/** Loaded when it is first asked: most forms are left by being saved. */
const LeavingDialog = lazy(() => import('./leaving-dialog.tsx'));

/** Belongs in every form: the question whether to leave it without saving. */
export const Unsaved = ({ form: { leaving, isKept } }: { readonly form: Pick<Form<never>, 'leaving' | 'isKept'> }) =>
  leaving.isAsked && (
    <Suspense fallback={null}>
      <LeavingDialog question={leaving} isKept={isKept} />
    </Suspense>
  );
