import Pagination from '@cloudscape-design/components/pagination';

import { countPages, type Pages } from './use-pages.ts';

interface PageTurnerProps {
  /** What the list lists, in the plural. */
  readonly name: string;
  readonly pages: Pages;
  /** Where the list goes on after this page, if it does. */
  readonly next: string | null;
}

/** Goes through the pages of a list that has more than one. */
export const PageTurner = ({ name, pages, next }: PageTurnerProps) => {
  const count = countPages(pages, next);
  if (count === 1) return null;
  return (
    <Pagination
      currentPageIndex={pages.number}
      pagesCount={count}
      ariaLabels={{ paginationLabel: `Pages of ${name}` }}
      onChange={({ detail }) => pages.turnTo(detail.currentPageIndex, next)}
    />
  );
};
