import { useState, type KeyboardEvent } from 'react';
import { Link } from 'react-router';

import { useSettled } from '../lib/use-settled.ts';
import { LightDialog } from './light-dialog.tsx';
import { useFound, type Found } from './use-found.ts';

/** Moves the focus among the field and the links, as in a menu. */
const moveFocus = (event: KeyboardEvent<HTMLElement>): void => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, a')];
  const now = stops.findIndex((stop) => stop === document.activeElement);
  event.preventDefault();
  stops[Math.min(stops.length - 1, Math.max(0, now + step))]?.focus();
};

const Group = ({ title, items, onClose }: Found & { readonly onClose: () => void }) => (
  <section aria-label={title}>
    <h3>{title}</h3>
    <ul>
      {items.map(({ to, text, note }) => (
        <li key={to}>
          <Link to={to} onClick={onClose}>
            <span>{text}</span> <small>{note}</small>
          </Link>
        </li>
      ))}
    </ul>
  </section>
);

/** Finds what the person can see: clusters, sessions, Spark jobs, SSH keys and pages. Enter opens the first. */
const SearchDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const [text, setText] = useState('');
  const { groups, isSearching, problem } = useFound(useSettled(text.trim(), 150));
  const count = groups.reduce((sum, { items }) => sum + items.length, 0);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    // By itself a search field takes the first Escape to be emptied.
    if (event.key === 'Escape') onClose();
    else moveFocus(event);
  };
  return (
    <LightDialog label="Search" onClose={onClose}>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys are those of the field and the links */}
      <div className="atmo-search" onKeyDown={onKeyDown}>
        <search>
          <form
            onSubmit={(event) => {
              event.preventDefault();
              event.currentTarget.closest('.atmo-search')?.querySelector('a')?.click();
            }}
          >
            <input
              type="search"
              aria-label="Search clusters, sessions, Spark jobs, SSH keys and pages"
              placeholder="Clusters, sessions, Spark jobs, SSH keys, pages"
              // oxlint-disable-next-line jsx-a11y/no-autofocus -- it is what the dialog is for
              autoFocus
              maxLength={200}
              value={text}
              onChange={({ target }) => setText(target.value)}
            />
          </form>
        </search>
        <output>
          {problem ?? (isSearching ? 'Searching …' : count === 0 ? `Nothing matches “${text.trim()}”.` : '')}
        </output>
        {groups.map((group) => (
          <Group key={group.title} {...group} onClose={onClose} />
        ))}
      </div>
    </LightDialog>
  );
};

export default SearchDialog;
