import { ACCOUNT } from '../account.ts';
import type { Assembly, Stack } from './assembly.ts';
import { physicalResource, type PhysicalResource } from './physical-ids.ts';

/** The template refers to something that this account has no answer for. */
export class Unresolved extends Error {
  override readonly name = 'Unresolved';
}

const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': ACCOUNT.id,
  'AWS::Partition': ACCOUNT.partition,
  'AWS::Region': ACCOUNT.region,
  'AWS::URLSuffix': ACCOUNT.urlSuffix,
};

type Intrinsic = (argument: unknown, stack: Stack) => unknown;

/** Resolves the intrinsic functions of templates as a deployment into the account would. */
export class Resolver {
  readonly #assembly: Assembly;
  readonly #resources = new Map<string, PhysicalResource>();
  readonly #intrinsics: Readonly<Record<string, Intrinsic>> = {
    Ref: (name, stack) => this.#ref(String(name), stack),
    'Fn::GetAtt': (argument, stack) => {
      const [logicalId = '', attribute = ''] =
        typeof argument === 'string' ? argument.split('.') : (argument as string[]);
      return this.#attribute(logicalId, attribute, stack);
    },
    'Fn::GetStackOutput': (argument, stack) => {
      const { StackName, OutputName } = this.resolve(argument, stack) as { StackName: string; OutputName: string };
      return this.#outputOf(StackName, OutputName);
    },
    'Fn::Join': (argument, stack) => {
      const [separator, parts] = argument as [string, unknown];
      return (this.resolve(parts, stack) as unknown[]).join(separator);
    },
    'Fn::Sub': (argument, stack) => this.#substitute(argument, stack),
    'Fn::Select': (argument, stack) => {
      const [index, list] = this.resolve(argument, stack) as [number | string, unknown[]];
      return list[Number(index)];
    },
    'Fn::Split': (argument, stack) => {
      const [separator, text] = this.resolve(argument, stack) as [string, string];
      return text.split(separator);
    },
    'Fn::GetAZs': () => ['a', 'b', 'c'].map((zone) => ACCOUNT.region + zone),
  };

  constructor(assembly: Assembly) {
    this.#assembly = assembly;
  }

  /** Every resource of the type, its properties resolved. */
  *resourcesOf(...types: string[]): Generator<{ physical: PhysicalResource; properties: Record<string, unknown> }> {
    for (const stack of this.#assembly.stacks) {
      for (const [logicalId, { Type, Properties }] of Object.entries(stack.template.Resources)) {
        if (!types.includes(Type)) continue;
        yield {
          physical: this.#physical(logicalId, stack),
          properties: this.resolve(Properties, stack) as Record<string, unknown>,
        };
      }
    }
  }

  /** A stack's output by its name, from whichever stack has it. */
  output(name: string): string {
    for (const stack of this.#assembly.stacks) {
      const output = stack.template.Outputs[name];
      if (output !== undefined) return String(this.resolve(output.Value, stack));
    }
    throw new Unresolved(`No stack has the output ${name}.`);
  }

  resolve(value: unknown, stack: Stack): unknown {
    if (Array.isArray(value)) return value.map((item) => this.resolve(item, stack));
    if (typeof value !== 'object' || value === null) return value;
    const [first, ...more] = Object.entries(value);
    if (first !== undefined && more.length === 0) {
      const intrinsic = this.#intrinsics[first[0]];
      if (intrinsic !== undefined) return intrinsic(first[1], stack);
      if (first[0].startsWith('Fn::')) throw new Unresolved(`${first[0]} is not resolved locally.`);
    }
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.resolve(item, stack)]));
  }

  #ref(name: string, stack: Stack): unknown {
    if (name === 'AWS::StackName') return stack.name;
    if (name === 'AWS::StackId')
      return `arn:${ACCOUNT.partition}:cloudformation:${ACCOUNT.region}:${ACCOUNT.id}:stack/${stack.name}/local`;
    if (name === 'AWS::NoValue') return undefined;
    if (name in PSEUDO_PARAMETERS) return PSEUDO_PARAMETERS[name];
    const parameter = stack.template.Parameters[name];
    return parameter === undefined ? this.#physical(name, stack).ref : parameter.Default;
  }

  #attribute(logicalId: string, attribute: string, stack: Stack): string {
    // What nothing here looks at needs no true form, only one that is the same everywhere.
    return this.#physical(logicalId, stack).attributes[attribute] ?? `${stack.name}.${logicalId}.${attribute}`;
  }

  #physical(logicalId: string, stack: Stack): PhysicalResource {
    const key = `${stack.name}/${logicalId}`;
    const known = this.#resources.get(key);
    if (known !== undefined) return known;
    const resource = stack.template.Resources[logicalId];
    if (resource === undefined) throw new Unresolved(`Stack ${stack.name} has no resource ${logicalId}.`);
    const names = Object.entries(resource.Properties).filter(([property]) => property.endsWith('Name'));
    const physical = physicalResource({
      stackName: stack.name,
      logicalId,
      type: resource.Type,
      // Only what a name may be made of: other properties may refer back to this very resource.
      properties: this.resolve(Object.fromEntries(names), stack) as Record<string, unknown>,
    });
    this.#resources.set(key, physical);
    return physical;
  }

  #outputOf(stackName: string, outputName: string): unknown {
    const stack = this.#assembly.stacks.find(({ name }) => name === stackName);
    const output = stack?.template.Outputs[outputName];
    if (stack === undefined || output === undefined) {
      throw new Unresolved(`No stack ${stackName} has the output ${outputName}.`);
    }
    return this.resolve(output.Value, stack);
  }

  #substitute(argument: unknown, stack: Stack): string {
    const [text, variables] = typeof argument === 'string' ? [argument, {}] : (argument as [string, object]);
    const known = this.resolve(variables, stack) as Record<string, unknown>;
    return text.replaceAll(/\$\{([^!}][^}]*)\}/g, (_match, name: string) => {
      if (name in known) return String(known[name]);
      const [logicalId = '', attribute] = name.split('.');
      return String(attribute === undefined ? this.#ref(name, stack) : this.#attribute(logicalId, attribute, stack));
    });
  }
}
