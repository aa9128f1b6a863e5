import { describe, expect, it } from 'vitest';

import { checkNotebookUpload } from '../../../functions/jobs/check-notebook-upload.ts';
import { ALICE, BOB } from '../../fakes/cluster.ts';
import { fakeNotebookStore } from '../../fakes/fake-job-services.ts';
import { notebookText } from '../../notebooks/notebooks.ts';

describe('checking an upload', () => {
  const { notebooks, upload, uploads } = fakeNotebookStore();
  const check = checkNotebookUpload({ notebooks });
  upload('sub-alice', 'good', 'greeting.ipynb', notebookText('greeting.ipynb'));
  upload(
    'sub-alice',
    'r',
    'r.ipynb',
    '{"nbformat": 4, "metadata": {"kernelspec": {"language": "R"}}, "cells": [{"cell_type": "raw"}]}',
  );
  uploads.set('sub-alice utf-16', { fileName: 'a.ipynb', size: 4, content: Uint8Array.of(0xff, 0xfe, 0x7b, 0) });

  it('answers what it is and what it offers, not the file', async () => {
    expect(await check({ uploadId: 'good' }, ALICE)).toEqual({
      kind: 'jupyter',
      language: 'python',
      cells: 3,
      parameters: [{ name: 'who', default: 'nobody', type: 'str' }],
      warnings: [],
    });
  });

  it.each([
    ['r', /written in R/],
    ['utf-16', /not UTF-8 text/],
  ])('says why it cannot run: %s', async (uploadId, message) => {
    await expect(check({ uploadId }, ALICE)).rejects.toMatchObject({
      name: 'InvalidInput',
      errors: [{ field: 'notebookUploadId', message: expect.stringMatching(message) as string }],
    });
  });

  it('finds the uploads of its own person only', async () => {
    await expect(check({ uploadId: 'good' }, BOB)).rejects.toMatchObject({ name: 'NotFound' });
  });
});
