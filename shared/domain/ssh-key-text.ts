/** PEM, OpenSSH, ssh.com and PuTTY files. */
const PRIVATE_KEY = /-{4} ?BEGIN [A-Z0-9 ]*PRIVATE KEY|PuTTY-User-Key-File/i;
/** The body of an OpenSSH private key without its first line. */
const PRIVATE_KEY_BODY = /b3BlbnNzaC1rZXktdj/;

/** Public keys in other forms, and how ssh-keygen turns them into the one line. */
const OTHER_FORMS: readonly (readonly [RegExp, string, string])[] = [
  [/-{4} ?BEGIN SSH2 PUBLIC KEY/, 'RFC 4716 form, as PuTTYgen and ssh.com save it', 'ssh-keygen -i -f key.pub'],
  [/-{5}BEGIN RSA PUBLIC KEY/, 'PEM (PKCS #1) form', 'ssh-keygen -i -m PEM -f key.pem'],
  [/-{5}BEGIN PUBLIC KEY/, 'PKCS8 form', 'ssh-keygen -i -m PKCS8 -f key.pem'],
];

/** A line that starts with a key type. */
const KEY_LINE = /^(ssh-|ecdsa-|sk-)\S+\s+AAAA/;

const INVISIBLE_NAMES: Readonly<Record<string, string>> = {
  '\u00a0': 'no-break space',
  '\u00ad': 'soft hyphen',
  '\u200b': 'zero-width space',
  '\u200c': 'zero-width non-joiner',
  '\u200d': 'zero-width joiner',
  '\u200e': 'left-to-right mark',
  '\u200f': 'right-to-left mark',
  '\u2028': 'line separator',
  '\u202e': 'right-to-left override',
  '\u202f': 'narrow no-break space',
  '\u2060': 'word joiner',
  '\ufeff': 'byte order mark',
};

/** Non-ASCII spaces and zero-width characters. */
const INVISIBLE = /(?! )[\p{Zs}\p{Zl}\p{Zp}\p{Cf}]/u;

const nameOf = (character: string): string => {
  const code = `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
  const name = INVISIBLE_NAMES[character];
  return name === undefined ? code : `${name}, ${code}`;
};

const linesProblem = (lines: readonly string[]): string | null => {
  if (lines.length === 1) return null;
  return lines.filter((line) => KEY_LINE.test(line)).length === 1
    ? `A public key is one line; this one is wrapped into ${lines.length} lines, probably by a terminal. Copy it from the .pub file.`
    : 'A public key is one line; this is more than one. Add one key at a time.';
};

/**
 * Checks that a text is the one line of a public key, before the key itself is parsed.
 * @param text without blanks around it
 * @returns an error message with the remedy; null if the text is valid
 */
export const keyTextProblem = (text: string): string | null => {
  if (PRIVATE_KEY.test(text) || PRIVATE_KEY_BODY.test(text))
    return 'That is your private key. Treat it as leaked: create a new pair with ssh-keygen and paste the .pub file.';
  const other = OTHER_FORMS.find(([pattern]) => pattern.test(text));
  if (other !== undefined)
    return `This public key is in ${other[1]}. Convert it and paste the line that this prints: ${other[2]}`;
  // Every second byte of ASCII in UTF-16 is zero.
  if (/(?:[\w-]\0){4}/.test(text))
    return 'The file is saved as UTF-16, as Windows PowerShell does. Save it as UTF-8 and pick it again.';
  const lines = linesProblem(text.split(/\r\n|\r|\n/));
  if (lines !== null) return lines;
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text))
    return 'The key contains control characters. Copy it again from the .pub file.';
  const [invisible] = INVISIBLE.exec(text) ?? [];
  if (invisible !== undefined)
    return `The key contains an invisible character (${nameOf(invisible)}). Delete it, or copy the line again from the .pub file.`;
  return /^["'`\u2018-\u201f\u00ab\u00bb]/.test(text)
    ? `The line begins with a quotation mark (${text[0]}). Paste it without quotation marks.`
    : null;
};
