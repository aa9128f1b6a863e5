import type { LocalPerson } from './people.ts';

const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const STYLE = `
:root { color-scheme: light dark; --line: #d1d5db; --ink: #0f141a; --soft: #5f6b7a; --page: #f6f7f9; --card: #fff; --accent: #0972d3; }
@media (prefers-color-scheme: dark) { :root { --line: #414d5c; --ink: #f2f3f3; --soft: #a4b1c0; --page: #0f1b2a; --card: #192534; --accent: #539fe5; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { width: min(26rem, calc(100vw - 2rem)); padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 1rem; }
h1 { margin: 0; font-size: 1.4rem; }
p { margin: .25rem 0 1.5rem; color: var(--soft); }
ul { margin: 0; padding: 0; list-style: none; display: grid; gap: .75rem; }
button { width: 100%; padding: .75rem 1rem; text-align: left; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .6rem; cursor: pointer; }
button:hover, button:focus-visible { border-color: var(--accent); outline: 2px solid var(--accent); outline-offset: -1px; }
strong { display: block; }
span { color: var(--soft); font-size: .875rem; }
`;

const page = (title: string, content: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;

/** The people to choose from; each button posts one of them to `action`. */
export const signInPage = (people: readonly LocalPerson[], action: string, problem?: string): string =>
  page(
    'Sign in to ATMO',
    `<p>${problem === undefined ? 'Local stack: choose a person to sign in as.' : escapeHtml(problem)}</p>
<form method="post" action="${escapeHtml(action)}">
<ul>
${people
  .filter(({ isDisabled }) => !isDisabled)
  .map(
    ({ email, description, groups }) =>
      `<li><button name="email" value="${escapeHtml(email)}"><strong>${escapeHtml(email)}</strong>` +
      `<span>${escapeHtml(groups.length > 0 ? `${description} (${groups.join(', ')})` : description)}</span></button></li>`,
  )
  .join('\n')}
</ul>
</form>`,
  );

export const errorPage = (problem: string): string => page('Sign-in failed', `<p>${escapeHtml(problem)}</p>`);
