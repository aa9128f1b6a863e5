import Button from '@cloudscape-design/components/button';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Link from '@cloudscape-design/components/link';
import { useState } from 'react';

import type { RunFile } from '../../../shared/contract/routes/runs.ts';
import { Moment } from '../../components/moment.tsx';
import { bytesText } from '../../lib/amounts.ts';
import { FileView } from './file-view.tsx';
import { viewerOf } from './viewers.ts';

/** A file with a download link, an inline view and its S3 address. */
export const FileRow = ({ file }: { readonly file: RunFile }) => {
  const [isShown, setIsShown] = useState(false);
  return (
    <li>
      <div className="atmo-file">
        <span className="atmo-file-name">
          <Link href={file.url} external>
            {file.name}
          </Link>
        </span>
        <span className="atmo-file-facts">
          {bytesText(file.size)}, <Moment at={file.lastModified} />
        </span>
        <CopyToClipboard
          variant="icon"
          copyButtonAriaLabel={`Copy the S3 address of ${file.name}`}
          textToCopy={file.s3Uri}
          copySuccessText={`Copied ${file.s3Uri}`}
          copyErrorText={`Your browser blocked the copy of ${file.s3Uri}`}
        />
        {viewerOf(file) !== null && (
          <Button
            variant="inline-link"
            ariaExpanded={isShown}
            ariaLabel={`${isShown ? 'Hide' : 'Show'} ${file.name}`}
            onClick={() => setIsShown(!isShown)}
          >
            {isShown ? 'Hide' : 'Show'}
          </Button>
        )}
      </div>
      {isShown && <FileView file={file} />}
    </li>
  );
};
