import { CURRENCY } from '../../../shared/domain/cost.ts';
import { PageLink } from '../../components/links.tsx';
import { moneyText } from '../../lib/amounts.ts';
import { useRead } from '../../lib/use-route.ts';

/** What admins watch, in one line of figures that lead to where they are mended. */
export const WatchStrip = () => {
  const { data } = useRead('getOverview', {}, { isLive: () => false });
  // The labels stand before the figures are known, so that nothing below them moves.
  const figures = [
    ['Active clusters', data?.clusters, '/admin/clusters'],
    ['Sessions', data?.sessions, '/admin/sessions'],
    ['Runs', data?.runs, '/admin/spark-jobs?status=running'],
    ['Cost an hour', data && moneyText(data.hourlyCost, CURRENCY), '/admin/usage'],
    ['Launches waiting', data?.launchesWaiting, '/admin/launches'],
    ['Overdue tasks', data?.overdueTasks, '/admin/upkeep'],
    ['Failed mails', data?.failedMails, '/admin/alerts'],
  ] as const;
  return (
    <section aria-label="The portal now" className="atmo-watch">
      {figures.map(([label, value, to]) => (
        <div key={label}>
          <span>{label}</span>
          {value === undefined ? (
            '–'
          ) : (
            <PageLink to={to} ariaLabel={`${label}: ${value}`}>
              {value}
            </PageLink>
          )}
        </div>
      ))}
    </section>
  );
};
