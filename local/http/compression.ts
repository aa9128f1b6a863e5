import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Bytes of a file that CloudFront compresses. Source: "Serve compressed files", Amazon CloudFront Developer Guide. */
const MIN_BYTES = 1000;
const MAX_BYTES = 10_000_000;

const COMPRESSIBLE = /^(text\/|application\/(javascript|json|manifest\+json|xml)|image\/svg\+xml)/;

/** As good as CloudFront's, and fast enough for a first visit. */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

const ENCODINGS = { br: (content: Buffer) => brotliCompressSync(content, BROTLI), gzip: gzipSync } as const;
export type Encoding = keyof typeof ENCODINGS;

/** The encoding that CloudFront chooses for a file; null where it sends the file as it is. */
export const encodingFor = (accepted: string, contentType: string, bytes: number): Encoding | null => {
  if (bytes < MIN_BYTES || bytes > MAX_BYTES || !COMPRESSIBLE.test(contentType)) return null;
  const names = new Set(accepted.split(',').map((part) => part.split(';')[0]?.trim()));
  return (['br', 'gzip'] as const).find((name) => names.has(name)) ?? null;
};

/** Compressed content, kept by its tag: the pages of a build do not change. */
export const compressor = (): ((encoding: Encoding, etag: string, content: Buffer) => Buffer) => {
  const kept = new Map<string, Buffer>();
  return (encoding, etag, content) => {
    const key = `${encoding} ${etag}`;
    const compressed = kept.get(key) ?? ENCODINGS[encoding](content);
    kept.set(key, compressed);
    return compressed;
  };
};
