/**
 * Files of a run that one answer lists. A link to a private one takes up to 3 kB, and an answer of a Lambda may have
 * 6 MB.
 */
export const MAX_LISTED_FILES = 1000;
