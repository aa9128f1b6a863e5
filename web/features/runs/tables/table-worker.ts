import { readFileText } from '../text-file.ts';
import type { TableAnswer, TableRequest } from './file-table.ts';
import { readCsv } from './read-csv.ts';
import { readParquet } from './read-parquet.ts';

/** Reads a table where it cannot hold up the page: a small Parquet file can unpack to gigabytes. */
const answerTo = async ({ file, kind }: TableRequest): Promise<TableAnswer> => {
  try {
    return kind === 'csv'
      ? readCsv((await readFileText(file, 'start')).text)
      : await readParquet(await file.arrayBuffer());
  } catch {
    return { refusal: 'This file cannot be read as a table. Download it to look at it.' };
  }
};

addEventListener('message', ({ data }: MessageEvent<TableRequest>) => {
  void answerTo(data).then((answer) => postMessage(answer));
});
