import { useRemembered } from '../lib/use-remembered.ts';
import { LightDialog } from './light-dialog.tsx';
import { GO_TO, SHORTCUTS_SETTING } from './use-shortcuts.ts';

const KEYS: readonly (readonly [keys: string, text: string])[] = [
  ['/', 'Search'],
  ['?', 'These keys'],
  ['h', 'Open or close the help'],
  ...Object.entries(GO_TO).map(([key, { text }]) => [`g ${key}`, `Go to ${text}`] as const),
  ['Esc', 'Close a dialog'],
];

/** The keys that work on every page, and the switch that turns them off. */
const KeysDialog = ({ onClose }: { readonly onClose: () => void }) => {
  const [setting, setSetting] = useRemembered(SHORTCUTS_SETTING, 'on');
  return (
    <LightDialog label="Keyboard shortcuts" onClose={onClose}>
      <h2>Keyboard shortcuts</h2>
      <dl className="atmo-keys">
        {KEYS.map(([keys, text]) => (
          <div key={keys}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input
          type="checkbox"
          checked={setting !== 'off'}
          onChange={({ target }) => setSetting(target.checked ? 'on' : 'off')}
        />{' '}
        Single keys are on in this browser
      </label>
      <button type="button" onClick={onClose}>
        Close
      </button>
    </LightDialog>
  );
};

export default KeysDialog;
