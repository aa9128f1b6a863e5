/**
 * How much of a file the pages show. A file is untrusted input. The page counts what is left out, and the download has
 * all of it. The limits come from real notebooks (none of the 126 tried is cut) and from what a browser lays out
 * within a frame or two.
 */

/** Maximum bytes of a file, the same as for an upload. */
export const MAX_FILE_BYTES = 20_000_000;

/** Lists, objects and fields that are parsed, each of up to 200 bytes: more than an upload may have, since the worker's memory is its own. */
export const MAX_JSON_PARTS = 2_000_000;

/** Milliseconds that the worker may take for a slice before it is terminated. */
export const MAX_READING_TIME = 15_000;

/** Cells of a notebook. */
export const MAX_CELLS = 2000;

/** Outputs of a cell, those of one stream counted once. */
export const MAX_OUTPUTS = 100;

/**
 * A unit is about what one element costs the page: an element, 200 characters, 20 lines, or 2 kB of an image. A slice is
 * added to the page in one go, between which clicks and keys are handled; a cell is never divided.
 */
export const UNIT = { characters: 200, lines: 20, imageCharacters: 2000 } as const;
export const SLICE_UNITS = 500;
export const MAX_CELL_UNITS = 3000;
/** A thousand cells of 10 kB are 64,000. */
export const MAX_NOTEBOOK_UNITS = 80_000;

/** Cells that differ between two runs, and what they may cost the page together. */
export const MAX_COMPARED_CELLS = 100;
export const MAX_COMPARED_UNITS = 6000;

/** Characters and lines of a source, a stream or a traceback: some fifty screens. */
export const MAX_TEXT = 50_000;
export const MAX_LINES = 2000;

/** Characters of a source whose tokens are marked, the elements that they become, and parts of a text in another colour. */
export const MAX_HIGHLIGHTED = 20_000;
export const MAX_HIGHLIGHTED_ELEMENTS = 3000;
export const MAX_STYLED = 2000;

/** pandas shows 60 rows of 20 columns by default, Zeppelin 1,000 rows. */
export const MAX_TABLE_ROWS = 200;
export const MAX_TABLE_COLUMNS = 50;
export const MAX_TABLE_CELLS = 2000;
export const MAX_TABLE_CELL_TEXT = 500;

/** Characters of HTML that are searched for a table, and nesting depth: the parser's time grows with both. */
export const MAX_HTML = 2_000_000;
export const MAX_HTML_NESTING = 200;

/** Characters of HTML, or of a figure, for a frame of its own: a figure with its library is 5 MB. */
export const MAX_FRAME = 6_000_000;
/** What a frame costs the page, in units; it exists while it is near what is seen. */
export const FRAME_UNITS = 50;
/** CSS pixels that a frame may ask for. */
export const MAX_FRAME_HEIGHT = 900;

/** Headings in the list of contents. */
export const MAX_CONTENTS = 200;

/** Places that a search marks. */
export const MAX_FOUND = 1000;

/** Characters of Markdown that are formatted (an image may be among them); longer text is shown as it was written. */
export const MAX_MARKDOWN = 500_000;
/** Elements that Markdown becomes: a table of 20 kB can ask for 200,000. */
export const MAX_MARKDOWN_ELEMENTS = 2000;
export const MAX_MARKDOWN_NESTING = 20;

/** Characters of a formula; a longer one is shown as source. */
export const MAX_FORMULA = 2000;
/** Macro expansions and elements of one formula. */
export const MAX_FORMULA_EXPANSIONS = 200;
export const MAX_FORMULA_ELEMENTS = 1000;

/** Bytes and pixels of an image: a small file can unpack to gigabytes. 40 megapixels take 160 MB. */
export const MAX_IMAGE_BYTES = 5_000_000;
export const MAX_IMAGE_PIXELS = 40_000_000;

/** Characters of an SVG, and what it draws with each reference followed: ten references to ten references are a hundred. */
export const MAX_SVG = 1_000_000;
export const MAX_SVG_ELEMENTS = 20_000;

/** Characters of a text file. */
export const MAX_FILE_TEXT = 200_000;

/** Maximum characters decompressed to reach the end of a log: 10 MB can unpack to 10 GB. */
export const MAX_UNPACKED = 200_000_000;
