import { once } from 'node:events';
import http from 'node:http';
import { connect } from 'node:net';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { readBody } from '../../local/read-body.ts';
import { answerRequests } from '../../local/request-guard.ts';
import { listen, type RunningServer } from '../../local/server.ts';

/** Sends bytes as they are, and gives the status of the answer. */
const sendRaw = async (port: number, text: string): Promise<number> => {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  socket.write(text);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(answer.toString('latin1'))?.[1]);
};

const get = (target: string, host = 'localhost'): string => `GET ${target} HTTP/1.1\r\nHost: ${host}\r\n\r\n`;

describe('a server of the local stack', () => {
  let server: http.Server;
  let running: RunningServer;
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  beforeEach(async () => {
    logged.mockClear();
    server = http.createServer();
    running = await listen(server, 0);
  });
  afterEach(() => running.close());

  const answers = (listener: Parameters<typeof answerRequests>[1]): void => answerRequests(server, listener);

  it.each([
    ['//[', 400],
    ['//elsewhere/path', 400],
    ['http://localhost/', 400],
    ['/%zz', 400],
    ['/%ff', 400],
    ['/a%00b', 400],
    ['/?q=%zz', 200],
    ['/%C3%A9/..%2f', 200],
    ['/', 200],
  ])('answers %s with %i', async (target, status) => {
    answers((_request, response) => response.end());
    expect(await sendRaw(running.port, get(target))).toBe(status);
  });

  it.each([
    ['localhost', 200],
    ['localhost:1234', 200],
    ['127.0.0.1', 200],
    ['[::1]:80', 200],
    ['rebound.example.com', 421],
    ['localhost.example.com', 421],
    ['0.0.0.0', 421],
    ['a b', 400],
    ['[', 400],
    ['', 400],
  ])('answers the host name %s with %i', async (host, status) => {
    const asked = vi.fn((_request: http.IncomingMessage, response: http.ServerResponse) => response.end());
    answers(asked);
    expect(await sendRaw(running.port, get('/', host))).toBe(status);
    expect(asked).toHaveBeenCalledTimes(status === 200 ? 1 : 0);
  });

  it.each([
    ['no HTTP at all', 'hello\r\n\r\n'],
    ['an unknown method', 'BREW / HTTP/1.1\r\nHost: localhost\r\n\r\n'],
    ['a header that is none', 'GET / HTTP/1.1\r\nHost: localhost\r\nno colon\r\n\r\n'],
    ['two lengths', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab'],
    ['a chunk without a size', 'POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n'],
    ['no host', 'GET / HTTP/1.1\r\n\r\n'],
    ['headers without end', `GET / HTTP/1.1\r\nHost: localhost\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`],
  ])('refuses %s', async (_what, text) => {
    answers(async (request, response) => {
      await readBody(request);
      response.end();
    });
    const status = await sendRaw(running.port, text);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('a bug');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('a bug');
      },
    ],
  ])('answers 500 and logs a line where a listener %s, and goes on', async (_how, listener) => {
    answers(listener);
    expect((await fetch(`${running.url}/path`)).status).toBe(500);
    expect((await fetch(`${running.url}/path`)).status).toBe(500);
    expect(logged).toHaveBeenCalledTimes(2);
    expect(logged).toHaveBeenCalledWith(
      `GET /path on port ${running.port}:`,
      expect.objectContaining({ message: 'a bug' }),
    );
  });

  it.each([
    ['/api/spark-jobs/%E0%A4%A', 400, 'Bad Request', /not valid percent-encoded UTF-8\. Encode/],
    ['/path', 500, 'Internal Server Error', /./],
  ])('answers %s with %i as a problem document, like the API', async (path, status, title, detail) => {
    answers(() => {
      throw new Error('a bug');
    });
    const response = await fetch(running.url + path);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(await response.json()).toEqual({
      type: 'about:blank',
      title,
      status,
      detail: expect.stringMatching(detail) as string,
      requestId: expect.any(String) as string,
    });
  });

  it('ends an answer that failed halfway, so that nobody takes it for whole', async () => {
    answers((_request, response) => {
      response.write('12345');
      throw new Error('a bug');
    });
    await expect(fetch(running.url).then((response) => response.text())).rejects.toThrow(/terminated|fetch failed/);
  });

  it('survives clients that hang up', async () => {
    const began = Promise.withResolvers<void>();
    const ended = Promise.withResolvers<unknown>();
    answers(async (request) => {
      began.resolve();
      try {
        await readBody(request);
      } catch (error) {
        ended.resolve(error);
        throw error;
      }
    });
    const socket = connect(running.port, '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n12');
    await began.promise;
    socket.destroy();
    expect(await ended.promise).toMatchObject({ code: 'ECONNRESET' });
    server.removeAllListeners('request');
    answers((_request, response) => response.end('alive'));
    expect(await (await fetch(running.url)).text()).toBe('alive');
  });

  it('says that it is starting until something listens', async () => {
    const response = await fetch(running.url);
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
  });
});
