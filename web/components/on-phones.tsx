import type { ReactNode } from 'react';

import { useNarrow } from '../lib/use-media.ts';

/** What a phone shows below something else, where a wider screen has a column for it. */
export const OnPhones = ({ children }: { readonly children: ReactNode }) => useNarrow() && <div>{children}</div>;
