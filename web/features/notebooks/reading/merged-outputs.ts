import * as z from 'zod';

/** nbformat keeps long text as a list of lines. */
export const lines = z
  .union([z.string(), z.array(z.string())])
  .transform((text) => (typeof text === 'string' ? text : text.join('')));

const stream = z.object({ output_type: z.literal('stream'), name: z.string().catch('stdout'), text: lines });

/** What a cell wrote to one stream, in a row. */
interface Stream {
  readonly name: string;
  readonly parts: string[];
}

/** An output, and how many of the file it is made of. */
export type MergedOutput = { readonly made: number } & (
  { readonly stream: { readonly name: string; readonly text: string } } | { readonly other: unknown }
);

/** Outputs as a person saw them: a kernel sends a stream in pieces, a progress bar in a piece for each of its states. */
export function* mergedOutputs(outputs: readonly unknown[]): Generator<MergedOutput> {
  let open: Stream | null = null;
  const merged = ({ name, parts }: Stream): MergedOutput => ({
    made: parts.length,
    stream: { name, text: parts.join('') },
  });
  for (const output of outputs) {
    const { data } = stream.safeParse(output);
    if (data !== undefined && open !== null && open.name === data.name) {
      open.parts.push(data.text);
      continue;
    }
    if (open !== null) yield merged(open);
    open = data === undefined ? null : { name: data.name, parts: [data.text] };
    if (data === undefined) yield { made: 1, other: output };
  }
  if (open !== null) yield merged(open);
}
