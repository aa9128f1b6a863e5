import { releaseFacts, type EmrReleaseFacts, type ReleaseEngine } from '../../../shared/domain/emr-release-facts.ts';
import type { EmrReleaseView } from '../../../shared/contract/emr-release-view.ts';

export const RELEASES = '/admin/emr-releases';

/** The contents of a release as text, as they stand in the fields. */
export type FactTexts = Readonly<Record<keyof EmrReleaseFacts, string>>;

export interface ReleaseValues {
  readonly version: string;
  readonly changelogUrl: string;
  readonly helpText: string;
  readonly isActive: boolean;
  readonly isExperimental: boolean;
  readonly isDeprecated: boolean;
  /** Contents that differ from what ATMO knows of the release. */
  readonly own: Partial<FactTexts>;
}

const NO_TEXTS: FactTexts = { applications: '', sparkVersion: '', pythonVersion: '', supportEndsOn: '', engines: '' };

const textsOf = (facts: EmrReleaseFacts): FactTexts => ({
  applications: facts.applications.join(', '),
  sparkVersion: facts.sparkVersion,
  pythonVersion: facts.pythonVersion,
  supportEndsOn: facts.supportEndsOn ?? '',
  engines: facts.engines.join(', '),
});

/** What ATMO knows of a release of that version; empty texts for a version of no family. */
export const knownTexts = (version: string): FactTexts => {
  const facts = releaseFacts(version);
  return facts === null ? NO_TEXTS : textsOf(facts);
};

const differing = (version: string, texts: Partial<FactTexts>): Partial<FactTexts> => {
  const known = knownTexts(version);
  const names = Object.keys(texts) as (keyof FactTexts)[];
  return Object.fromEntries(names.filter((name) => texts[name] !== known[name]).map((name) => [name, texts[name]]));
};

export const releaseValues = (release: EmrReleaseView): ReleaseValues => {
  const { version, changelogUrl, helpText, isActive, isExperimental, isDeprecated } = release;
  const own = differing(version, textsOf(release));
  return { version, changelogUrl, helpText, isActive, isExperimental, isDeprecated, own };
};

export const NEW_RELEASE: ReleaseValues = {
  version: '',
  changelogUrl: '',
  helpText: '',
  isActive: true,
  isExperimental: false,
  isDeprecated: false,
  own: {},
};

const listOf = (text: string): string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

const FROM_TEXT: Readonly<Record<keyof FactTexts, (text: string) => string | string[] | null>> = {
  applications: listOf,
  sparkVersion: (text) => text,
  pythonVersion: (text) => text,
  supportEndsOn: (text) => (text === '' ? null : text),
  engines: listOf,
};

/** The request: only contents that differ are sent, so that the others follow what ATMO knows. */
export const releaseRequest = ({ own, ...kept }: ReleaseValues) => {
  const version = kept.version.trim();
  const facts = Object.entries(differing(version, own)) as [keyof FactTexts, string][];
  return { ...kept, version, ...Object.fromEntries(facts.map(([name, text]) => [name, FROM_TEXT[name](text)])) };
};

/** The engines of the text, with one switched. */
export const withEngine = (text: string, engine: ReleaseEngine, isOn: boolean): string =>
  (['cluster', 'serverless'] as const)
    .filter((name) => (name === engine ? isOn : listOf(text).includes(name)))
    .join(', ');
