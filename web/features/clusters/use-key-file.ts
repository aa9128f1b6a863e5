import { useRemembered } from '../../lib/use-remembered.ts';
import { NAMES_KEY_FILE, SUGGESTED_KEY_FILE } from '../ssh-keys/advised-key.ts';

export interface KeyFile {
  readonly isNamed: boolean;
  readonly path: string;
  readonly name: (isNamed: boolean) => void;
  readonly move: (path: string) => void;
}

/** The path of the person's private key file, and whether the commands include it. Kept for the next cluster. */
export const useKeyFile = (): KeyFile => {
  const [isNamed, name] = useRemembered(NAMES_KEY_FILE, 'no');
  const [path, move] = useRemembered('atmo-key-file', SUGGESTED_KEY_FILE);
  return { isNamed: isNamed === 'yes', path, name: (named) => name(named ? 'yes' : 'no'), move };
};
