declare module '@20minutes/s3rver' {
  import type { RequestListener } from 'node:http';

  namespace S3rver {
    interface Options {
      directory: string;
      silent?: boolean;
      vhostBuckets?: boolean;
      configureBuckets?: { name: string; configs?: string[] }[];
    }
    interface ListOptions {
      readonly delimiter?: string | undefined;
      readonly prefix?: string | undefined;
      readonly maxKeys?: number | undefined;
    }
    interface Listing {
      readonly objects: readonly { readonly key: string }[];
      readonly commonPrefixes: readonly string[];
      readonly isTruncated: boolean;
    }
    /** In the shape of S3's event notifications. */
    interface ObjectEvent {
      Records: { eventName: string; s3: { bucket: { name: string }; object: { key: string } } }[];
    }
  }
  class S3rver {
    constructor(options: S3rver.Options);
    configureBuckets(): Promise<void[]>;
    callback(): RequestListener;
    readonly store: {
      getResourcePath(bucket: string, key: string | undefined, resource: string): string;
      /** @returns bytes, and their hash in hexadecimal digits */
      putContent(file: string, content: Buffer | AsyncIterable<Buffer>): Promise<[size: number, md5: string]>;
      listObjects(bucket: string, options: S3rver.ListOptions): Promise<S3rver.Listing>;
    };
    /** Koa's. */
    readonly middleware: ((context: { state: Record<string, unknown> }, next: () => Promise<void>) => Promise<void>)[];
    on(event: 'event', listener: (event: S3rver.ObjectEvent) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
  }
  export default S3rver;
}

declare module '@20minutes/s3rver/lib/models/error.js' {
  export default class S3Error extends Error {
    constructor(code: string, message: string);
  }
}
