/** An 8-digit hash at the end of each logical id: it says nothing to a reader and changes with the construct's place. */
const HASH = /[0-9A-F]{8}$/;

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::AccountId': '<account>',
  'AWS::Region': '<region>',
  'AWS::URLSuffix': 'amazonaws.com',
  'AWS::NoValue': '<nothing>',
};

export const withoutHash = (logicalId: string): string => logicalId.replace(HASH, '');

/** `PublishOutputFnGetAttClustersRolesService8468D4A2Arn6CF736F3` is `ClustersRolesService.Arn`. */
const outputOf = (name: string): string => {
  const [, resource = name, attribute = ''] =
    /^PublishOutput(?:Ref|FnGetAtt)(.*?)[0-9A-F]{8}(\w*?)[0-9A-F]{8}$/.exec(name) ?? [];
  return attribute === '' ? resource : `${resource}.${attribute}`;
};

const joined = (separator: unknown, parts: unknown): string =>
  Array.isArray(parts) ? parts.map(readable).join(String(separator)) : readable(parts);

const functions: Readonly<Record<string, (argument: unknown) => string>> = {
  Ref: (id) => PSEUDO[String(id)] ?? `<${withoutHash(String(id))}>`,
  'Fn::GetAtt': (argument) => {
    const [id = '', attribute = ''] = argument as readonly string[];
    return `<${withoutHash(id)}.${attribute}>`;
  },
  'Fn::Join': (argument) => {
    const [separator, parts] = argument as readonly [string, unknown];
    return joined(separator, parts);
  },
  'Fn::Sub': (argument) =>
    String(argument).replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => PSEUDO[name] ?? `<${withoutHash(name)}>`),
  'Fn::GetStackOutput': (argument) => {
    const { StackName, OutputName } = argument as Readonly<Record<string, string>>;
    return `<${StackName}:${outputOf(OutputName ?? '')}>`;
  },
};

/** A value of a template in one line: what CloudFormation fills in stands in angle brackets, by the names of the code. */
export const readable = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(readable).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Object.entries(value as Record<string, unknown>);
  const [first] = entries;
  const render = first === undefined || entries.length > 1 ? undefined : functions[first[0]];
  if (render !== undefined) return render(first?.[1]);
  return entries
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, item]) => `${key}=${readable(item)}`)
    .join(' ');
};

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Columns as wide as their widest cell; the last one is as long as it is. */
export const columns = (rows: readonly (readonly string[])[]): readonly string[] => {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
};
