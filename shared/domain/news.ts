/** One piece of news, as `NEWS.md` has it below a heading `## 2026-11-23: Title`. */
export interface NewsItem {
  /** Its heading: two of one day differ by their titles. */
  readonly id: string;
  /** ISO 8601. */
  readonly date: string;
  readonly title: string;
  /** Markdown. */
  readonly content: string;
}

const HEADING = /^## (\d{4}-\d{2}-\d{2}): (.+)$/m;

/** The news of a file, in its order: newest first. What stands before the first heading is left out. */
export const newsIn = (markdown: string): readonly NewsItem[] => {
  const [, ...parts] = markdown.replaceAll('\r\n', '\n').split(/^(?=## )/m);
  return parts.flatMap((part) => {
    const [heading = '', date = '', title = ''] = HEADING.exec(part) ?? [];
    if (heading === '') return [];
    return { id: heading.slice('## '.length), date, title: title.trim(), content: part.slice(heading.length).trim() };
  });
};

/**
 * What a person has not seen: what stands above the newest that they have.
 * @param seen its id; undefined where they have seen none, or it is gone
 */
export const unreadNews = (news: readonly NewsItem[], seen: string | undefined): readonly NewsItem[] => {
  const index = news.findIndex(({ id }) => id === seen);
  return index === -1 ? news : news.slice(0, index);
};
