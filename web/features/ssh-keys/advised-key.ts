import { commentOf } from './public-key-file.ts';

/** The suggested file for a new key. Not a default name such as `id_ed25519`, so the commands must name it with -i. */
export const SUGGESTED_KEY_FILE = '~/.ssh/atmo';

/** In the public key, by which a key that was made as advised is recognised. */
const COMMENT = 'atmo';

export const ADVISED_COMMAND = `ssh-keygen -t ed25519 -C ${COMMENT} -f ${SUGGESTED_KEY_FILE}`;

/** Whether commands name the private key, in this browser's storage. */
export const NAMES_KEY_FILE = 'atmo-names-key-file';

/** Whether the private key is where the advice puts it. */
export const isAdvised = (key: string): boolean => commentOf(key) === COMMENT;
