import http from 'node:http';
import type { AddressInfo } from 'node:net';

interface Paragraph {
  id: string;
  text?: string;
  status: string;
  results?: { code: string; msg: { type: string; data: string }[] };
  config?: { enabled?: boolean };
  settings?: { params?: Record<string, unknown> };
}

interface Note {
  id: string;
  name?: string;
  path: string;
  paragraphs: Paragraph[];
}

export interface StandInOptions {
  /** What a paragraph comes to; `null` never comes to an end by itself. */
  readonly execute: (text: string, parameters: Record<string, unknown>) => Paragraph['results'] | null;
  /** Milliseconds that a paragraph takes. */
  readonly delay?: number;
  /** Whether a call goes unanswered, as some do while Zeppelin collects garbage. */
  readonly unanswered?: (method: string, path: string) => boolean;
}

/**
 * A stand-in for Zeppelin, not Zeppelin: a server with the calls of its REST API that the steps use, written from
 * https://zeppelin.apache.org/docs/0.11.1/usage/rest_api/notebook.html and the paths and envelopes of its
 * NotebookRestApi. It interprets nothing; a test says what a paragraph comes to.
 */
export const startZeppelinStandIn = async ({ execute, delay = 50, unanswered = () => false }: StandInOptions) => {
  const notes = new Map<string, Note>();
  const started: string[] = [];

  const start = (paragraph: Paragraph, parameters: Record<string, unknown>): void => {
    started.push(paragraph.id);
    // As in Paragraph.execute: READY until the interpreter's scheduler takes it, RUNNING until it is done.
    paragraph.status = 'READY';
    delete paragraph.results;
    setTimeout(() => {
      paragraph.status = 'RUNNING';
    }, delay / 2);
    setTimeout(() => {
      if (paragraph.status === 'ABORT') return;
      const results = execute(paragraph.text ?? '', parameters);
      if (results === null || results === undefined) return;
      paragraph.results = results;
      paragraph.status = results.code === 'ERROR' ? 'ERROR' : 'FINISHED';
    }, delay);
  };

  const answer = (method: string, url: URL, body: string): { status: number; body: unknown } => {
    const ok = (value?: unknown) => ({ status: 200, body: { status: 'OK', message: '', body: value } });
    const missing = (what: string) => ({ status: 404, body: { status: 'NOT_FOUND', message: `${what} not found.` } });
    const [, api, resource, ...rest] = url.pathname.split('/').map(decodeURIComponent);
    if (api !== 'api') return missing('page');
    if (resource === 'version') return ok({ version: '0.11.1-stand-in' });
    if (resource !== 'notebook') return missing('page');

    if (method === 'GET' && rest.length === 0) return ok([...notes.values()].map(({ id, path }) => ({ id, path })));
    if (method === 'POST' && rest[0] === 'import') {
      const note = JSON.parse(body) as Note;
      // Zeppelin gives an imported note an id of its own and keeps the paragraphs'.
      const id = `2STAND${notes.size + 1}`;
      notes.set(id, { ...note, id, path: url.searchParams.get('notePath') ?? `/${note.name ?? ''}` });
      return ok(id);
    }
    const action = ['export', 'job'].includes(rest[0] ?? '') ? rest.shift() : 'note';
    const note = notes.get(rest[0] ?? '');
    if (note === undefined) return missing('note');
    // The body of an export is the note as text.
    if (action === 'export') return ok(JSON.stringify(note));
    const paragraphId = rest.at(-1);
    const paragraph = note.paragraphs.find(({ id }) => id === paragraphId);
    if (action === 'job' && paragraph === undefined) return missing('paragraph');
    if (action === 'job' && method === 'POST' && paragraph !== undefined) {
      start(paragraph, body === '' ? {} : ((JSON.parse(body) as { params?: Record<string, unknown> }).params ?? {}));
      return ok();
    }
    if (action === 'job' && method === 'DELETE' && paragraph !== undefined) {
      paragraph.status = 'ABORT';
      return ok();
    }
    if (rest[1] === 'paragraph') return paragraph === undefined ? missing('paragraph') : ok(paragraph);
    return ok(note);
  };

  const server = http.createServer((request, response) => {
    if (unanswered(request.method ?? 'GET', request.url ?? '/')) {
      request.socket.destroy();
      return;
    }
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      const result = answer(request.method ?? 'GET', new URL(request.url ?? '/', 'http://zeppelin'), body);
      response.writeHead(result.status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(result.body));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${port}`,
    notes,
    /** Ids of the paragraphs that were started, in order. */
    started,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
};
