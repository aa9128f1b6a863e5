import Pagination from '@cloudscape-design/components/pagination';

import { countPages, type Pages } from './use-pages.ts';

interface PageTurnerProps {
  /** Names the items, in the plural. */
  readonly name: string;
  readonly pages: Pages;
  /** The cursor of the next page; null on the last one. */
  readonly next: string | null;
}

/** Page navigation for a list with more than one page. */
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
