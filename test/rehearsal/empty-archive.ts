import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

// All that a zip file without entries has: the record that ends its directory, 22 bytes.
const END_OF_DIRECTORY = Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex');

/** Makes an empty archive and prints its name, as the CDK expects it of a command that makes an asset. */
const file = join(mkdtempSync(join(tmpdir(), 'atmo-empty-')), 'empty.zip');
writeFileSync(file, END_OF_DIRECTORY);
console.log(file);
