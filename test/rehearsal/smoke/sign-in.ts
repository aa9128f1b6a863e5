import { expectThat } from '../checks.ts';
import type { PortalSession } from './portal-session.ts';

export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** The fields of the first form with a password field, and where it goes. */
const signInForm = (page: string, address: string): { action: string; fields: Record<string, string> } => {
  const form = [...page.matchAll(/<form\b[^>]*>[\s\S]*?<\/form>/gi)]
    .map(([text]) => text)
    .find((text) => /type=["']password["']/i.test(text));
  expectThat(form !== undefined, `no form for a password on ${address}`);
  const attribute = (tag: string, name: string): string =>
    (new RegExp(`\\b${name}=["']([^"']*)["']`, 'i').exec(tag)?.[1] ?? '').replaceAll('&amp;', '&');
  const inputs = [...form.matchAll(/<input\b[^>]*>/gi)].map(([tag]) => tag);
  const fields = Object.fromEntries(inputs.map((tag) => [attribute(tag, 'name'), attribute(tag, 'value')]));
  delete fields[''];
  return { action: new URL(attribute(form, 'action') || address, address).href, fields };
};

/** Signs in as a person does: through the portal, the provider's page with its form, and back. */
export const signIn = async (session: PortalSession, { email, password }: Credentials): Promise<void> => {
  let address = `${session.url}/auth/sign-in?returnTo=/clusters`;
  let request: RequestInit = {};
  let hasSentPassword = false;
  for (let step = 0; step < 12; step += 1) {
    const response = await session.fetch(address, request);
    request = {};
    const location = response.headers.get('location');
    if (location !== null) {
      address = new URL(location, address).href;
      if (address === `${session.url}/clusters`) return;
      continue;
    }
    const page = await response.text();
    expectThat(
      response.status === 200 && !hasSentPassword,
      `${address} answered ${response.status}: ${page.slice(0, 300)}`,
    );
    const { action, fields } = signInForm(page, address);
    address = action;
    hasSentPassword = true;
    request = {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: new URL(action).origin },
      body: new URLSearchParams({ ...fields, username: email, password }).toString(),
    };
  }
  expectThat(false, `signing in went in circles, last at ${address}`);
};
