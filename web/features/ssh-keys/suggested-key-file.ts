/** Where somebody without a key is told to make one. Unlike `id_ed25519` and its like, ssh has to be told of it. */
export const SUGGESTED_KEY_FILE = '~/.ssh/atmo';
