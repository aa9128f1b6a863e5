declare module '@20minutes/s3rver' {
  import type { RequestListener } from 'node:http';

  namespace S3rver {
    interface Options {
      directory: string;
      silent?: boolean;
      vhostBuckets?: boolean;
      configureBuckets?: { name: string; configs?: string[] }[];
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
    readonly store: { getResourcePath(bucket: string, key: string | undefined, resource: string): string };
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
