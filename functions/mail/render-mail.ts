import { stripVTControlCharacters } from 'node:util';

import type { MailKind, MailValues, OutboxMail } from '../../shared/domain/mail.ts';
import { isProduction } from '../../shared/domain/stage.ts';
import { escapeHtml } from '../runtime/escape-html.ts';
import type { Mail } from '../ports/mail-sender.ts';
import { MAIL_TEMPLATES, type MailText } from './mail-templates.ts';

export interface MailSettings {
  readonly environment: string;
  readonly publicUrl: string;
  /** Gets a copy of mails about Spark jobs; empty: nobody does. */
  readonly mailCopyTo: string;
}

/** Line ends in a header begin another one. */
const headerText = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const prefix = (environment: string): string => (isProduction(environment) ? '[ATMO]' : `[ATMO ${environment}]`);

/** Values come from notebooks and AWS: without terminal codes, and without control characters but line ends and tabs. */
const printable = (text: string): string => stripVTControlCharacters(text).replaceAll(/[^\P{Cc}\n\t]/gu, '');

const factsOf = ({ facts }: MailText): [string, string][] =>
  Object.entries(facts)
    .map(([name, value]): [string, string] => [name, printable(value)])
    .filter(([, value]) => value !== '');

const asText = (mail: MailText, publicUrl: string): string =>
  [
    ...mail.paragraphs.map(printable),
    ...factsOf(mail).map(([name, value]) => `${name}: ${value}`),
    ...mail.links.map(({ label, path }) => `${label}:\n${publicUrl}${path}`),
  ].join('\n\n') + '\n';

const asHtml = (mail: MailText, publicUrl: string): string => {
  const facts = factsOf(mail).map(
    ([name, value]) => `<li><strong>${escapeHtml(name)}:</strong> ${escapeHtml(value)}</li>`,
  );
  return [
    '<!doctype html>',
    `<html lang="en"><head><meta charset="utf-8"><title>${escapeHtml(headerText(mail.subject))}</title></head>`,
    '<body style="font-family: sans-serif; line-height: 1.5">',
    ...mail.paragraphs.map((paragraph) => `<p>${escapeHtml(printable(paragraph))}</p>`),
    ...(facts.length === 0 ? [] : ['<ul>', ...facts, '</ul>']),
    ...mail.links.map(
      ({ label, path }) => `<p><a href="${escapeHtml(`${publicUrl}${path}`)}">${escapeHtml(label)}</a></p>`,
    ),
    '</body></html>',
    '',
  ].join('\n');
};

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
  ({ environment, publicUrl, mailCopyTo }: MailSettings) =>
  ({ kind, to, values }: OutboxMail): Mail => {
    const mail = textOf(kind, values);
    const isAboutJob = !ABOUT_NO_JOB.has(kind);
    return {
      to: headerText(to),
      copyTo: isAboutJob && mailCopyTo !== '' ? mailCopyTo : null,
      subject: headerText(`${prefix(environment)} ${mail.subject}`),
      text: asText(mail, publicUrl),
      html: asHtml(mail, publicUrl),
    };
  };
