import { MAX_FILE_TEXT, MAX_UNPACKED } from '../../lib/viewer-bounds.ts';

/** A part of a text file. */
export interface FileText {
  readonly text: string;
  /** Tells the person what is left out; null if nothing is. */
  readonly note: string | null;
}

/** The first bytes of every gzip file (RFC 1952). */
const GZIP = [0x1f, 0x8b];

/** Characters after which the reader yields to other work of the page. */
const TURN = 5_000_000;

const isPacked = async (file: Blob): Promise<boolean> => {
  const start = new Uint8Array(await file.slice(0, GZIP.length).arrayBuffer());
  return GZIP.every((byte, index) => start[index] === byte);
};

/**
 * The text of a file that may be packed, in pieces. The bytes tell, not the name: a browser unpacks by itself what is sent
 * with `Content-Encoding: gzip`, and hides that header from scripts of another origin.
 */
const textOf = async (file: Blob): Promise<ReadableStreamDefaultReader<string>> => {
  const bytes = (await isPacked(file)) ? file.stream().pipeThrough(new DecompressionStream('gzip')) : file.stream();
  return bytes.pipeThrough(new TextDecoderStream()).getReader();
};

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

const shown = MAX_FILE_TEXT.toLocaleString('en-US');

const readStart = async (file: Blob): Promise<FileText> => {
  const reader = await textOf(file);
  let text = '';
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    text += piece.value;
    if (text.length <= MAX_FILE_TEXT) continue;
    await reader.cancel();
    return {
      text: text.slice(0, MAX_FILE_TEXT),
      note: `The first ${shown} characters. Download the file to see the rest.`,
    };
  }
  return { text, note: null };
};

/** Keeps only the last part in memory, since a small file can unpack to more than a browser's memory. */
const readEnd = async (file: Blob): Promise<FileText> => {
  const reader = await textOf(file);
  let text = '';
  let length = 0;
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const before = length;
    length += piece.value.length;
    text = (text + piece.value).slice(-MAX_FILE_TEXT);
    if (Math.floor(length / TURN) > Math.floor(before / TURN)) await turn();
    if (length <= MAX_UNPACKED) continue;
    await reader.cancel();
    return {
      text,
      note: `This file is longer than ${MAX_UNPACKED / 1_000_000} MB. Download it to see the last lines.`,
    };
  }
  const note = `The last ${shown} of ${length.toLocaleString('en-US')} characters. Download the file to see the rest.`;
  return { text, note: length > MAX_FILE_TEXT ? note : null };
};

/** The part of a text file that a page shows: the last part of a log, the first part of any other file. */
export const readFileText = (file: Blob, part: 'start' | 'end'): Promise<FileText> =>
  part === 'end' ? readEnd(file) : readStart(file);
