import { readable, withoutHash } from './readable.ts';
import { STACKS, type Templates } from './templates.ts';

export interface PhysicalName {
  readonly type: string;
  readonly id: string;
  readonly name: string;
}

/** Names that are known within another resource only. */
const SCOPED = new Set(['AWS::IAM::Policy', 'AWS::Cognito::UserPoolGroup', 'AWS::ApiGatewayV2::Stage']);

/** Properties that are called a name and are none of the resource's own: those of what it uses, measures or writes to. */
const NOT_ITS_OWN = new Set([
  'MetricName',
  'ServiceName',
  'DestinationBucketName',
  'GroupName of AWS::Scheduler::Schedule',
]);
const NAME = /^(Name|[A-Z]\w*Name|Domain|EmailIdentity)$/;
/** CloudFront keeps some names one level down. */
const NESTED = [
  'ResponseHeadersPolicyConfig',
  'OriginAccessControlConfig',
  'CachePolicyConfig',
  'OriginRequestPolicyConfig',
];

const isReference = (value: unknown): boolean => typeof value === 'object' && value !== null && !('Fn::Join' in value);

/** A log group that is named after a function which CloudFormation names. */
const isGenerated = (name: string): boolean => /<(?!account>|region>)/.test(name);

/** Every name that the templates themselves give, as an account would show it but for its number and Region. */
export const physicalNames = (templates: Templates): readonly PhysicalName[] =>
  STACKS.flatMap((stack) =>
    Object.entries(templates[stack].Resources)
      .filter(([, { Type }]) => !SCOPED.has(Type))
      .flatMap(([id, { Type, Properties }]) =>
        [Properties, ...NESTED.map((config) => (Properties[config] ?? {}) as Readonly<Record<string, unknown>>)]
          .flatMap((properties) => Object.entries(properties))
          .filter(
            ([property, value]) =>
              NAME.test(property) &&
              !NOT_ITS_OWN.has(property) &&
              !NOT_ITS_OWN.has(`${property} of ${Type}`) &&
              !isReference(value),
          )
          .map(([, value]) => ({ type: Type, id: `${stack} ${withoutHash(id)}`, name: readable(value) }))
          .filter(({ name }) => !isGenerated(name)),
      ),
  );
