import { Link, useLocation } from 'react-router';

import { useMe } from '../lib/me.ts';
import { SECTIONS } from '../lib/sections.ts';
import icon from './icon.svg';
import { PersonMenu } from './person-menu.tsx';

interface HeaderProps {
  readonly isHelpOpen: boolean;
  readonly onHelp: () => void;
  readonly onSearch: () => void;
  readonly onKeys: () => void;
}

/** On narrow screens the sections are a strip that scrolls sideways. */
const reveal = (link: HTMLAnchorElement | null): void => {
  const strip = link?.parentElement;
  strip?.scrollTo({ left: (link?.offsetLeft ?? 0) - strip.offsetLeft - strip.clientWidth / 2 });
};

/** The bar above every page: where one can go, search, help, news, and the person's own menu. */
export const Header = ({ isHelpOpen, onHelp, onSearch, onKeys }: HeaderProps) => {
  const { newsUnread, permissions } = useMe();
  const { pathname } = useLocation();
  const sections = SECTIONS.filter(({ needs }) => needs === undefined || permissions.includes(needs));
  return (
    <header className="atmo-header">
      <Link to="/" className="atmo-brand">
        <img src={icon} alt="" width="28" height="28" />
        ATMO
      </Link>
      <nav aria-label="Sections" className="atmo-sections">
        {sections.map(({ to, text, pages }) => (
          <Link key={to} to={to} {...(pages.test(pathname) ? { 'aria-current': 'page', ref: reveal } : {})}>
            {text}
          </Link>
        ))}
      </nav>
      <div className="atmo-tools">
        <button type="button" aria-haspopup="dialog" onClick={onSearch}>
          Search <kbd aria-hidden="true">/</kbd>
        </button>
        <Link to="/news">
          News
          {newsUnread && <span className="atmo-unread">new</span>}
        </Link>
        <button type="button" aria-expanded={isHelpOpen} onClick={onHelp}>
          Help
        </button>
        <PersonMenu onKeys={onKeys} />
      </div>
    </header>
  );
};
