import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where a notebook or note of this folder is. */
export const notebookPath = (name: string): string => join(import.meta.dirname, name);

/** The text of a notebook or note of this folder. */
export const notebookText = (name: string): string => readFileSync(notebookPath(name), 'utf8');
