/** Rows of a page of a list; the first where its address says nothing. */
export const PAGE_SIZES = [25, 50, 100] as const;
