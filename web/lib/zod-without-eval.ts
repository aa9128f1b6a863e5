import { config } from 'zod';

/** Zod compiles schemas with `new Function` where it may; our content security policy forbids it and reports the attempt. */
config({ jitless: true });
