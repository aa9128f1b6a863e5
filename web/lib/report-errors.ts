import { send } from './api.ts';

/** Errors that one page view reports at most: a loop must not fill the log. */
const MAX_REPORTS = 5;

const reported = new Set<string>();

const idOf = new WeakMap<Error, string>();

/** The id under which the portal's log has an error of this page. */
export const errorIdOf = (error: Error): string => {
  const id = idOf.get(error) ?? crypto.randomUUID();
  idOf.set(error, id);
  return id;
};

/** Reports an error to the portal's log, each one once. It never fails: there is nobody to tell. */
export const reportError = async (thrown: unknown): Promise<void> => {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown), { cause: thrown });
  const { message } = error;
  if (reported.has(message) || reported.size >= MAX_REPORTS) return;
  reported.add(message);
  const stack = thrown instanceof Error ? (error.stack ?? '') : '';
  // Without the query: people's words may stand in it.
  const page = `${location.origin}${location.pathname}`;
  try {
    await send('reportBrowserError', { errorId: errorIdOf(error), message, stack: stack.slice(0, 3000), page });
  } catch {
    // A report of this would fail as well.
  }
};

/** What no code of the page has caught. */
export const reportUncaughtErrors = (): void => {
  addEventListener('error', ({ error, message }) => void reportError(error ?? message));
  addEventListener('unhandledrejection', ({ reason }) => void reportError(reason));
};
