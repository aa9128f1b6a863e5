import { synthesised } from './templates.ts';

const FILLED_IN = 'https://filled.in.example.com/x';

/** What CloudFormation will fill in stands as some address: functions check shapes only where they are used. */
const filledIn = (value: unknown): string => {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join = ['', []] } = value as { readonly 'Fn::Join'?: [string, unknown[]] };
  const text = join[1].map((part) => (typeof part === 'string' ? part : FILLED_IN)).join('');
  // Of JSON only the parts in it are filled in.
  return text.startsWith('{') ? text : FILLED_IN;
};

/** The environment variables that the template gives a function. */
export const functionSettings = (feature: string): Readonly<Record<string, string>> => {
  const found = Object.values(synthesised().portal.Resources).find(
    ({ Type, Properties }) =>
      Type === 'AWS::Lambda::Function' &&
      JSON.stringify(Properties['Environment'] ?? '').includes(`"POWERTOOLS_SERVICE_NAME":"${feature}"`),
  );
  if (found === undefined) throw new Error(`No function of ${feature}`);
  const { Variables } = found.Properties['Environment'] as { Variables: Record<string, unknown> };
  return Object.fromEntries(Object.entries(Variables).map(([name, value]) => [name, filledIn(value)]));
};
