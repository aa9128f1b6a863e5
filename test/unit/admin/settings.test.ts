import { describe, expect, it } from 'vitest';

import { changeDocument } from '../../../functions/admin/change-document.ts';
import { getSettings, putSettings } from '../../../functions/admin/settings.ts';
import { readSettings } from '../../../functions/settings/read-settings.ts';
import { settingsReaders } from '../../../functions/settings/settings-readers.ts';
import { validated } from '../../../functions/runtime/validate.ts';
import { settingsBody, settingsBodyFor } from '../../../shared/contract/settings.ts';
import { settingsView } from '../../../shared/contract/settings-view.ts';
import { MAX_ACCOUNTING_TAGS, PORTAL_TAGS } from '../../../shared/domain/accounting-tags.ts';
import { AwsFailed, type InvalidInput } from '../../../shared/domain/errors.ts';
import type { Settings } from '../../../shared/domain/settings.ts';
import { ADMIN } from '../../fakes/cluster.ts';
import { fakeAuditTrail } from '../../fakes/fake-audit-trail.ts';
import { fakeDocuments } from '../../fakes/fake-documents.ts';
import { settingsOf, STAGE_SETTINGS } from '../../fakes/settings.ts';
import { testClock } from '../../fakes/test-clock.ts';

const NOW = '2026-11-23T06:00:00.000Z';

const world = () => {
  const documents = fakeDocuments();
  const audit = fakeAuditTrail();
  const clock = testClock(NOW);
  return {
    audit,
    documents,
    get: getSettings({ documents, ofStage: STAGE_SETTINGS }),
    put: putSettings({ changeDocument: changeDocument({ documents, audit, clock }), ofStage: STAGE_SETTINGS }),
    read: readSettings(STAGE_SETTINGS, () => documents.newest('settings')),
  };
};

describe('the settings', () => {
  it('are the stage’s until an admin saves others, and an answer can be sent back as it is', async () => {
    const { get, put, read } = world();
    const before = await get();
    expect(before).toEqual({ ...STAGE_SETTINGS, version: 0, changedAt: null, changedBy: null });
    expect(settingsView.parse(before)).toEqual(before);
    const saved = await put(settingsBody.parse(before), ADMIN);
    expect(saved).toEqual({ ...before, version: 1, changedAt: NOW, changedBy: 'admin' });
    // A new version also where nothing differs.
    expect((await put(settingsBody.parse(saved), ADMIN)).version).toBe(2);
    expect(await read()).toEqual(settingsOf({ version: 2 }));
  });

  it('are audited by the names of what changed, and stay as they are where that fails', async () => {
    const { get, put, audit } = world();
    const first = await put(settingsBody.parse({ ...(await get()), coreInstanceType: 'm7g.4xlarge' }), ADMIN);
    // Compared with the stage’s own, which counted until then.
    expect(audit.entries.at(-1)).toMatchObject({ detail: { version: 1, changed: ['coreInstanceType'] } });
    await put(settingsBody.parse({ ...first, spot: { ...first.spot, isEnabled: true } }), ADMIN);
    expect(audit.entries.at(-1)).toMatchObject({
      at: NOW,
      actor: 'admin',
      action: 'settings.change',
      object: { kind: 'settings', id: 'settings' },
      detail: { version: 2, changed: ['spot.isEnabled'] },
      ...ADMIN.request,
    });
    audit.failure = new AwsFailed('DynamoDB is down');
    await expect(put(settingsBody.parse(await get()), ADMIN)).rejects.toBe(audit.failure);
    expect(await get()).toMatchObject({ version: 2 });
  });

  it('refuse a change to a version that is not the newest, and keep the newest', async () => {
    const { get, put } = world();
    const read = settingsBody.parse(await get());
    await put({ ...read, coreInstanceType: 'm7g.4xlarge' }, ADMIN);
    await expect(put({ ...read, coreInstanceType: 'm7g.large' }, ADMIN)).rejects.toMatchObject({ name: 'StaleWrite' });
    expect(await get()).toMatchObject({ version: 1, coreInstanceType: 'm7g.4xlarge' });
  });

  it('have the stage’s value where a later release added a field to what is stored', async () => {
    const { documents, get, read } = world();
    const { helpLinks: _, limits, ...older } = STAGE_SETTINGS;
    const { maxTimeout: __, ...olderLimits } = limits;
    const content = { ...older, limits: olderLimits, companyDomain: 'corp.example' } as unknown as Settings;
    await documents.add({ name: 'settings', version: 1, content, changedAt: NOW, changedBy: 'a', changedById: 'a' });
    const expected = { helpLinks: [], limits: STAGE_SETTINGS.limits, companyDomain: 'corp.example', version: 1 };
    expect(await get()).toMatchObject(expected);
    expect(await read()).toMatchObject(expected);
  });

  it('have the cluster as default engine where the stage lost its serverless one, and can be sent back', async () => {
    const { documents, get, put, read } = world();
    const content: Settings = { ...STAGE_SETTINGS, defaultEngine: 'serverless' };
    await documents.add({ name: 'settings', version: 1, content, changedAt: NOW, changedBy: 'a', changedById: 'a' });
    expect((await read()).defaultEngine).toBe('cluster');
    const body = settingsBodyFor(() => null, ['cluster']).parse(await get());
    expect(await put(body, ADMIN)).toMatchObject({ version: 2, defaultEngine: 'cluster' });
    const ofStage: Settings = { ...STAGE_SETTINGS, defaultEngine: 'serverless' };
    expect((await getSettings({ documents, ofStage })()).defaultEngine).toBe('cluster');
    await documents.add({ name: 'settings', version: 3, content, changedAt: NOW, changedBy: 'a', changedById: 'a' });
    expect((await getSettings({ documents, ofStage })()).defaultEngine).toBe('serverless');
  });

  it('are read anew by a launch, and at most every few seconds by other requests', async () => {
    const { documents, get, put } = world();
    const { companyDomain, limits: _, ...ofStage } = STAGE_SETTINGS;
    const environment = { companyDomain: companyDomain ?? '', stageSettings: JSON.stringify(ofStage) };
    const clock = testClock(NOW);
    const { settings, recentSettings } = settingsReaders({ environment, documents, clock });
    expect(await settings()).toEqual(settingsOf());
    expect(await recentSettings()).toEqual(settingsOf());
    await put({ ...settingsBody.parse(await get()), companyDomain: null }, ADMIN);
    expect((await settings()).companyDomain).toBeNull();
    expect((await recentSettings()).companyDomain).toBe('example.com');
    clock.advance(0.05);
    expect((await recentSettings()).companyDomain).toBeNull();
  });
});

const VALID = { ...STAGE_SETTINGS, version: 3, changedAt: null, changedBy: null };
const { limits } = STAGE_SETTINGS;
const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, n) => [`Tag${n}`, 'x']));

const errorsOf = (changes: object, schema: ReturnType<typeof settingsBodyFor> = settingsBody) => {
  try {
    validated(schema, { ...VALID, ...changes }, 'body');
    return [];
  } catch (error) {
    return (error as InvalidInput).errors;
  }
};

describe('the body of the settings', () => {
  it('takes sane values', () => {
    const accountingTags = { CostCenter: '4711', 'billing:Team': 'Größe 1/2 + a=b@c.d-e_f', Empty: '' };
    const changes = {
      companyDomain: null,
      accountingTags,
      spot: { isEnabled: true, maximumPricePercent: 70 },
      helpLinks: [{ text: 'Docs', url: 'https://docs.example.com/atmo?x=1' }],
      limits: { ...limits, maxSize: 100, maxLifetime: 48 },
    };
    expect(errorsOf(changes)).toEqual([]);
    expect(errorsOf({ accountingTags: tags(MAX_ACCOUNTING_TAGS) })).toEqual([]);
    expect(settingsBody.parse({ ...VALID, ...changes })).toMatchObject(changes);
  });

  it.each<[string, object]>([
    ['version', { version: undefined }],
    ['version', { version: '3' }],
    ['companyDomain', { companyDomain: 'not a host' }],
    ['companyDomain', { companyDomain: 7 }],
    ['masterInstanceType', { masterInstanceType: 'huge' }],
    ['coreInstanceType', { coreInstanceType: 'm7g.medium' }],
    ['coreInstanceType', { coreInstanceType: 'm5.xlarge' }],
    ['spot.maximumPricePercent', { spot: { isEnabled: true, maximumPricePercent: 0 } }],
    ['spot.maximumPricePercent', { spot: { isEnabled: true, maximumPricePercent: 101 } }],
    ['spot.isEnabled', { spot: { isEnabled: 'yes', maximumPricePercent: 50 } }],
    ['spot', { spot: null }],
    ['limits.maxSize', { limits: { ...limits, maxSize: 0 } }],
    ['limits.maxSize', { limits: { ...limits, maxSize: 501 } }],
    ['limits.maxLifetime', { limits: { ...limits, maxLifetime: 169 } }],
    ['limits.maxTimeout', { limits: { ...limits, maxTimeout: 25 } }],
    ['limits.defaultLifetime', { limits: { ...limits, defaultLifetime: 25 } }],
    ['limits.defaultIdleHours', { limits: { ...limits, defaultIdleHours: 1.5 } }],
    ['limits.defaultTimeout', { limits: { ...limits, maxTimeout: 5 } }],
    ['limits.colour', { limits: { ...limits, colour: 1 } }],
    ['accountingTags', { accountingTags: [] }],
    ['accountingTags', { accountingTags: tags(MAX_ACCOUNTING_TAGS + 1) }],
    ['accountingTags.CostCenter', { accountingTags: { CostCenter: 4711 } }],
    ['accountingTags.aws:owner', { accountingTags: { 'aws:owner': 'x' } }],
    ['accountingTags.AWS:owner', { accountingTags: { 'AWS:owner': 'x' } }],
    ['accountingTags.Team', { accountingTags: { Team: 'aws:x' } }],
    ['accountingTags.Team', { accountingTags: { Team: 'x'.repeat(257) } }],
    ['accountingTags.Team', { accountingTags: { Team: 'a,b' } }],
    ['accountingTags. ', { accountingTags: { ' ': 'x' } }],
    [`accountingTags.${'k'.repeat(85)}…`, { accountingTags: { ['k'.repeat(129)]: 'x' } }],
    ['accountingTags.owner', { accountingTags: { owner: 'x' } }],
    ...PORTAL_TAGS.map((key): [string, object] => [`accountingTags.${key}`, { accountingTags: { [key]: 'x' } }]),
    ['accountingTags.__proto__', { accountingTags: JSON.parse('{"__proto__": "x"}') as object }],
    ['helpLinks', { helpLinks: 'https://docs.example.com' }],
    ['helpLinks.0.url', { helpLinks: [{ text: 'Docs', url: 'http://docs.example.com' }] }],
    ['helpLinks.0.url', { helpLinks: [{ text: 'Docs', url: 'javascript:alert(1)' }] }],
    ['helpLinks.0.text', { helpLinks: [{ text: ' ', url: 'https://docs.example.com' }] }],
    ['helpLinks', { helpLinks: Array.from({ length: 7 }, () => ({ text: 'a', url: 'https://a.example' })) }],
    ['defaultEngine', { defaultEngine: 'spark' }],
    ['colour', { colour: 'red' }],
  ])('refuses %s in %j, and says what to do', (field, changes) => {
    const errors = errorsOf(changes);
    expect(errors.map((error) => error.field)).toEqual([field]);
    expect(errors[0]?.message).not.toMatch(/invalid|expected/i);
  });

  it('takes the engines of the stage alone', () => {
    const schema = settingsBodyFor(() => null, ['cluster']);
    expect(errorsOf({ defaultEngine: 'serverless' }, schema)).toMatchObject([
      { field: 'defaultEngine', message: 'Choose an engine that this stage has: cluster.' },
    ]);
    expect(errorsOf({ defaultEngine: 'serverless' })).toEqual([]);
  });

  it('names every wrong field at once, those included that only the Region knows', () => {
    const schema = settingsBodyFor((type) => (type === 'm5.xlarge' ? 'no price' : null));
    const changes = {
      masterInstanceType: 'm5.xlarge',
      coreInstanceType: 'huge',
      spot: { isEnabled: true, maximumPricePercent: 200 },
      limits: { ...limits, maxSize: -1 },
      accountingTags: { 'aws:x': 'y' },
      helpLinks: [{ text: 'Docs', url: 'ftp://x' }],
    };
    expect(
      errorsOf(changes, schema)
        .map(({ field }) => field)
        .toSorted(),
    ).toEqual([
      'accountingTags.aws:x',
      'coreInstanceType',
      'helpLinks.0.url',
      'limits.maxSize',
      'masterInstanceType',
      'spot.maximumPricePercent',
    ]);
  });
});
