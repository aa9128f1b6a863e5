import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { functionsOf, machinesOf, rulesOf } from '../../local/deployment/compute-resources.ts';
import { Deployment } from '../../local/deployment/deployment.ts';
import { bucketsOf, tablesOf } from '../../local/deployment/storage-resources.ts';
import { apiRoutesOf } from '../../local/deployment/web-resources.ts';

const local = {
  portal: 'http://localhost:3000',
  publicResults: 'http://localhost:3001',
  identity: 'http://localhost:3002',
  s3: 'http://localhost:3003',
};

const website = {
  Resources: {
    Pages: { Type: 'AWS::CloudFront::Distribution' },
    Public: { Type: 'AWS::CloudFront::Distribution' },
    Table: {
      Type: 'AWS::DynamoDB::GlobalTable',
      Properties: { TableName: 'atmo', KeySchema: [], AttributeDefinitions: [] },
    },
  },
  Outputs: {
    PortalUrl: { Value: { 'Fn::Join': ['', ['https://', { 'Fn::GetAtt': ['Pages', 'DomainName'] }]] } },
    PublicResultsUrl: { Value: { 'Fn::Sub': 'https://${Public.DomainName}' } },
    Domain: { Value: { 'Fn::GetAtt': ['Pages', 'DomainName'] } },
    TableName: { Value: { Ref: 'Table' } },
  },
};

const fromWebsite = (OutputName: string) => ({ 'Fn::GetStackOutput': { StackName: 'atmo-website', OutputName } });

const portal = {
  Parameters: { Version: { Type: 'String', Default: '7' } },
  Resources: {
    Pool: { Type: 'AWS::Cognito::UserPool' },
    Deployed: {
      Type: 'AWS::Events::Rule',
      Properties: { EventPattern: { detail: { 'stack-id': [{ Ref: 'AWS::StackId' }] } }, Targets: [] },
    },
    Domain: { Type: 'AWS::Cognito::UserPoolDomain', Properties: { Domain: { 'Fn::Sub': 'atmo-${AWS::AccountId}' } } },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: { 'Fn::Sub': 'files-${AWS::Region}' } } },
    Jobs: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Timeout: 29,
        Environment: {
          Variables: {
            POWERTOOLS_SERVICE_NAME: 'jobs',
            PUBLIC_URL: { 'Fn::Join': ['', ['https://', fromWebsite('Domain')]] },
            TABLE: fromWebsite('TableName'),
            ISSUER: { 'Fn::GetAtt': ['Pool', 'ProviderURL'] },
            TOKEN_URL: {
              'Fn::Join': [
                '',
                [
                  'https://atmo-',
                  { Ref: 'AWS::AccountId' },
                  '.auth.',
                  { Ref: 'AWS::Region' },
                  '.amazoncognito.com/oauth2/token',
                ],
              ],
            },
            UPLOADS: { 'Fn::Join': ['', ['https://', { Ref: 'Bucket' }, '.s3.us-west-2.amazonaws.com/x']] },
            MACHINE: { Ref: 'Machine' },
            VERSION: { Ref: 'Version' },
            FIRST: { 'Fn::Select': [0, { 'Fn::Split': [',', 'a,b'] }] },
            COOKIES: '__Host-',
          },
        },
      },
    },
    Provider: { Type: 'AWS::Lambda::Function', Properties: {} },
    Machine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        StateMachineName: 'flow',
        DefinitionString: {
          'Fn::Join': [
            '',
            ['{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"', { 'Fn::GetAtt': ['Jobs', 'Arn'] }, '"}}}'],
          ],
        },
      },
    },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: { IntegrationUri: { 'Fn::GetAtt': ['Jobs', 'Arn'] } },
    },
    Route: {
      Type: 'AWS::ApiGatewayV2::Route',
      Properties: {
        RouteKey: 'GET /api/jobs',
        Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'Integration' }]] },
      },
    },
  },
};

describe('a synthesised deployment', () => {
  let directory: string;
  const write = (name: string, content: unknown): void =>
    writeFileSync(path.join(directory, name), JSON.stringify(content));

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), 'atmo-deployment-'));
    const stack = (name: string): object => ({
      type: 'aws:cloudformation:stack',
      properties: { templateFile: `${name}.template.json`, stackName: `atmo-${name}` },
    });
    write('manifest.json', {
      artifacts: { website: stack('website'), portal: stack('portal'), Tree: { type: 'cdk:tree' } },
    });
    write('website.template.json', website);
    write('portal.template.json', portal);
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('gives functions the settings of the template, with this machine’s addresses', () => {
    const deployment = new Deployment(directory);
    deployment.moveTo(local);
    const [jobs, ...others] = functionsOf(deployment, '/repo', { COOKIES: '', ABSENT: 'x' });
    expect(others).toEqual([]);
    expect(jobs).toMatchObject({ entry: '/repo/functions/jobs/jobs.lambda.ts', timeoutSeconds: 29, memoryMb: 128 });
    expect(jobs?.environment).toEqual({
      POWERTOOLS_SERVICE_NAME: 'jobs',
      PUBLIC_URL: 'http://localhost:3000',
      TABLE: 'atmo',
      ISSUER: 'http://localhost:3002',
      TOKEN_URL: 'http://localhost:3002/oauth2/token',
      UPLOADS: 'http://localhost:3003/x',
      MACHINE: 'arn:aws:states:us-west-2:123456789012:stateMachine:flow',
      VERSION: '7',
      FIRST: 'a',
      COOKIES: '',
    });
  });

  it('resolves what lies between resources', () => {
    const deployment = new Deployment(directory);
    const [jobs] = functionsOf(deployment, '/repo', {});
    expect(jobs?.arn).toMatch(/^arn:aws:lambda:us-west-2:123456789012:function:atmo-portal-Jobs-/);
    expect(machinesOf(deployment)[0]?.definition.States['A']).toMatchObject({ Resource: jobs?.arn });
    const stackId = 'arn:aws:cloudformation:us-west-2:123456789012:stack/atmo-portal/local';
    expect(rulesOf(deployment)[0]?.pattern).toEqual({ detail: { 'stack-id': [stackId] } });
    expect(apiRoutesOf(deployment)).toEqual([{ routeKey: 'GET /api/jobs', functionArn: jobs?.arn }]);
    expect(bucketsOf(deployment)).toEqual([{ name: 'files-us-west-2', cors: [] }]);
    expect(tablesOf(deployment)).toMatchObject([{ TableName: 'atmo' }]);
  });

  it('does not guess at what it cannot resolve', () => {
    const unresolvable = structuredClone(portal) as { Resources: { Bucket: { Properties: { BucketName: unknown } } } };
    unresolvable.Resources.Bucket.Properties.BucketName = fromWebsite('Nothing');
    write('portal.template.json', unresolvable);
    expect(() => bucketsOf(new Deployment(directory))).toThrow('No stack atmo-website has the output Nothing.');
    unresolvable.Resources.Bucket.Properties.BucketName = { 'Fn::Transform': {} };
    write('portal.template.json', unresolvable);
    expect(() => bucketsOf(new Deployment(directory))).toThrow('Fn::Transform is not resolved locally.');
  });
});
