/** The suggested file for a new key. Not a default name such as `id_ed25519`, so the commands must name it with -i. */
export const SUGGESTED_KEY_FILE = '~/.ssh/atmo';
