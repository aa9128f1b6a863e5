import type { ReactNode } from 'react';

import { useNarrow } from '../lib/use-media.ts';

/** Content that phones show below the main text of a cell and wider screens in a column. */
export const OnPhones = ({ children }: { readonly children: ReactNode }) => useNarrow() && <div>{children}</div>;
