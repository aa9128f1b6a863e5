import { useId, type ToggleEvent } from 'react';
import { Link } from 'react-router';

import { useMe } from '../lib/me.ts';
import { DENSITIES, THEMES, useAppearance } from './appearance.ts';
import { SignOut } from './sign-out.tsx';

const capital = (word: string): string => `${word[0]?.toUpperCase()}${word.slice(1)}`;

interface ChoiceProps {
  readonly legend: string;
  readonly options: readonly string[];
  readonly value: string;
  readonly onChange: (value: string) => void;
}

const Choice = ({ legend, options, value, onChange }: ChoiceProps) => {
  const name = useId();
  return (
    <fieldset>
      <legend>{legend}</legend>
      {options.map((option) => (
        <label key={option}>
          <input type="radio" name={name} value={option} checked={option === value} onChange={() => onChange(option)} />
          {capital(option)}
        </label>
      ))}
    </fieldset>
  );
};

/** Below the button that opens it, whatever stands above the header. */
const placeBelow = (button: HTMLElement | null, { currentTarget, newState }: ToggleEvent<HTMLElement>): void => {
  if (newState === 'open' && button !== null)
    currentTarget.style.insetBlockStart = `${button.getBoundingClientRect().bottom + 8}px`;
};

/** Who is signed in, how the pages look for them, and the way out. */
export const PersonMenu = ({ onKeys }: { readonly onKeys: () => void }) => {
  const { username, email } = useMe();
  const { theme, setTheme, density, setDensity } = useAppearance();
  const id = useId();
  const button = `${id}-button`;
  return (
    <>
      <button type="button" id={button} className="atmo-person" popoverTarget={id} title={email}>
        <span>{username}</span> <span aria-hidden="true">▾</span>
      </button>
      <nav
        id={id}
        popover="auto"
        aria-label="My settings"
        className="atmo-menu"
        onBeforeToggle={(event) => placeBelow(document.getElementById(button), event)}
      >
        <Choice legend="Theme" options={THEMES} value={theme} onChange={setTheme} />
        <Choice legend="Density" options={DENSITIES} value={density} onChange={setDensity} />
        <button type="button" popoverTarget={id} popoverTargetAction="hide" onClick={onKeys}>
          Keyboard shortcuts
        </button>
        <Link to="/api-reference">API reference</Link>
        <SignOut />
      </nav>
    </>
  );
};
