/** The first bytes of every gzip file (RFC 1952). */
const GZIP = [0x1f, 0x8b];

const isPacked = async (file: Blob): Promise<boolean> => {
  const start = new Uint8Array(await file.slice(0, GZIP.length).arrayBuffer());
  return GZIP.every((byte, index) => start[index] === byte);
};

/**
 * The text of a file that may be packed. The bytes tell, not the name: a browser unpacks by itself what is sent with
 * `Content-Encoding: gzip`, and hides that header from scripts of another origin.
 */
export const unpackedText = async (file: Blob): Promise<string> =>
  (await isPacked(file))
    ? new Response(file.stream().pipeThrough(new DecompressionStream('gzip'))).text()
    : file.text();
