import { stripVTControlCharacters } from 'node:util';

import type { MailKind, MailValues, OutboxMail } from '../../shared/domain/mail.ts';
import { isProduction } from '../../shared/domain/stage.ts';
import type { Mail } from '../ports/mail-sender.ts';
import { htmlLayout, textLayout, type MailContent } from './mail-layout.ts';
import { MAIL_TEMPLATES, type MailText } from './mail-templates.ts';

export interface MailSettings {
  readonly environment: string;
  readonly publicUrl: string;
  /** Gets a copy of mails about Spark jobs; empty: nobody does. */
  readonly mailCopyTo: string;
}

/** Line ends in a header begin another one. */
const headerText = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

/** Values come from notebooks and AWS: without terminal codes, and without control characters but line ends and tabs. */
const printable = (text: string): string => stripVTControlCharacters(text).replaceAll(/[^\P{Cc}\n\t]/gu, '');

const factsOf = ({ facts }: MailText): [string, string][] =>
  Object.entries(facts)
    .map(([name, value]): [string, string] => [name, printable(value)])
    .filter(([, value]) => value !== '');

const portalName = (environment: string): string => (isProduction(environment) ? 'ATMO' : `ATMO ${environment}`);

/** What the layouts take. The title is the subject without the prefix, which the layout shows on its own. */
const contentOf = (mail: MailText, { environment, publicUrl }: MailSettings): MailContent => ({
  portal: portalName(environment),
  title: headerText(mail.subject),
  paragraphs: mail.paragraphs.map(printable),
  facts: factsOf(mail),
  links: mail.links.map(({ label, path }) => [label, `${publicUrl}${path}`] as const),
  footer: `Sent by ${portalName(environment)}, ${publicUrl}. Times are UTC.`,
});

const textOf = <Kind extends MailKind>(kind: Kind, values: MailValues[Kind]): MailText => MAIL_TEMPLATES[kind](values);

const ABOUT_NO_JOB: ReadonlySet<MailKind> = new Set([
  'cluster-expires-soon',
  'session-expires-soon',
  'person-left',
  'budget-used',
  'hourly-cost',
]);

/** The mail as it goes out: text and HTML, with every value escaped. */
export const renderMail =
  (settings: MailSettings) =>
  ({ kind, to, values }: OutboxMail): Mail => {
    const { environment, mailCopyTo } = settings;
    const mail = textOf(kind, values);
    const content = contentOf(mail, settings);
    const isAboutJob = !ABOUT_NO_JOB.has(kind);
    return {
      to: headerText(to),
      copyTo: isAboutJob && mailCopyTo !== '' ? mailCopyTo : null,
      subject: headerText(`[${portalName(environment)}] ${mail.subject}`),
      text: textLayout(content),
      html: htmlLayout(content),
    };
  };
