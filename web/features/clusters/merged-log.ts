import type { BootstrapLogView } from '../../../shared/contract/routes/cluster-details.ts';

/** What people look for comes first; the controller only tells how EMR ran the script. */
const ORDER = ['stdout', 'stderr', 'controller'];

const placeOf = ({ action, stream }: BootstrapLogView): number =>
  action * (ORDER.length + 1) + (ORDER.includes(stream) ? ORDER.indexOf(stream) : ORDER.length);

/** All streams of an instance as one log, each under a line with its name. */
export const mergedLog = (
  logs: readonly BootstrapLogView[],
): { readonly text: string; readonly note: string | null } => {
  const ordered = logs.toSorted((a, b) => placeOf(a) - placeOf(b));
  const cut = ordered.filter(({ isWhole }) => !isWhole);
  return {
    text: ordered
      .map(({ action, stream, text }) => `── bootstrap action ${action}: ${stream} ──\n${text.trimEnd()}`)
      .join('\n\n'),
    note:
      cut.length === 0
        ? null
        : `Only the last lines are shown. The whole log is at ${cut.map(({ s3Uri }) => s3Uri).join(', ')}.`,
  };
};
