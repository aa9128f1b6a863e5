import { createContext, use } from 'react';

import type { Me } from '../../shared/contract/routes/portal.ts';

export const SignedIn = createContext<Me | null>(null);

/** Who is signed in, and what they may do. */
export const useMe = (): Me => {
  const me = use(SignedIn);
  if (me === null) throw new Error('useMe is for pages behind the sign-in.');
  return me;
};
