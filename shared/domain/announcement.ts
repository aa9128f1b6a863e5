export const ANNOUNCEMENT_STYLES = ['success', 'info', 'warning', 'danger'] as const;

/** Characters. An announcement is above every page, also on phones. */
export const MAX_ANNOUNCEMENT_TITLE = 200;
export const MAX_ANNOUNCEMENT_CONTENT = 5000;

/** What admins tell everybody on every page. */
export interface Announcement {
  readonly isEnabled: boolean;
  readonly style: (typeof ANNOUNCEMENT_STYLES)[number];
  readonly title: string;
  readonly content: string;
  readonly isMarkdown: boolean;
}

/** Until somebody writes one. */
export const NO_ANNOUNCEMENT: Announcement = {
  isEnabled: false,
  style: 'info',
  title: '',
  content: '',
  isMarkdown: false,
};
