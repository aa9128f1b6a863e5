import { MAX_SSH_KEY_BYTES } from '../../../shared/domain/ssh-key.ts';

type PublicKeyFile =
  { readonly problem: null; readonly key: string; readonly title: string } | { readonly problem: string };

export const commentOf = (key: string): string => key.trim().split(/\s+/).slice(2).join(' ');

/** A key's comment, else its type; empty until there is a key. */
export const titleOf = (key: string): string => {
  const [type = '', data] = key.trim().split(/\s+/);
  if (!/^(ssh|ecdsa|sk)-/.test(type)) return '';
  return commentOf(key).slice(0, 100) || (data === undefined ? '' : `${type.replace(/^ssh-/, '')} key`);
};

/** Reads a picked or dropped file; the form validates the key in it. The key's comment becomes the suggested title. */
export const publicKeyFile = async (file: File): Promise<PublicKeyFile> => {
  if (file.size > MAX_SSH_KEY_BYTES)
    return { problem: `${file.name} is over 100 kB, too large for a public key. Pick the .pub file.` };
  const key = await file.text();
  return { problem: null, key: key.trimEnd(), title: commentOf(key).slice(0, 100) || file.name.replace(/\.pub$/, '') };
};
