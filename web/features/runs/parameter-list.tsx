import Box from '@cloudscape-design/components/box';

/** Parameters as a notebook gets them. */
export const ParameterList = ({ parameters }: { readonly parameters: Readonly<Record<string, unknown>> }) => {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return 'None';
  return entries.map(([name, value]) => (
    <div key={name}>
      <Box variant="code">
        {name} = {JSON.stringify(value)}
      </Box>
    </div>
  ));
};
