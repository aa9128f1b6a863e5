import { Link, useLocation } from 'react-router';

import { PAGES } from '../../shared/contract/pages.ts';
import { SECTIONS } from '../lib/sections.ts';

export interface Crumb {
  readonly text: string;
  readonly to: string;
}

/** Of what belongs to a Spark job. */
export const crumbOfJob = (identifier: string): Crumb => ({ text: identifier, to: PAGES.sparkJob(identifier) });

/** Of what is left of one that was deleted. */
export const crumbOfDeletedJob = (identifier: string): Crumb => ({
  text: identifier,
  to: PAGES.deletedSparkJob(identifier),
});

/** The pages above a page: its section, and what it belongs to. */
export const crumbsOf = (pathname: string, parent: Crumb | undefined): readonly Crumb[] => {
  const section = SECTIONS.find(({ to, pages }) => to !== pathname && pages.test(pathname));
  const above = section === undefined ? [] : [{ text: section.text, to: section.to }];
  return parent === undefined || above.some(({ to }) => to === parent.to) ? above : [...above, parent];
};

interface BreadcrumbProps {
  readonly title: string;
  readonly parent: Crumb | undefined;
}

/** The way from the dashboard to this page. The dashboard itself has none. */
export const Breadcrumb = ({ title, parent }: BreadcrumbProps) => {
  const { pathname } = useLocation();
  if (pathname === '/') return null;
  return (
    <nav aria-label="Breadcrumb" className="atmo-breadcrumb">
      <ol>
        {[{ text: 'Dashboard', to: '/' }, ...crumbsOf(pathname, parent)].map(({ text, to }) => (
          <li key={to}>
            <Link to={to}>{text}</Link>
          </li>
        ))}
        <li aria-current="page">{title}</li>
      </ol>
    </nav>
  );
};
