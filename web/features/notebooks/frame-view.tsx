import Button from '@cloudscape-design/components/button';
import { useEffect, useRef, useState } from 'react';

import { MAX_FRAME_HEIGHT } from '../../lib/viewer-bounds.ts';
import { useIsNear } from './use-is-near.ts';

/** What a frame shows: see `public/sandbox.html`. */
export interface FrameContent {
  readonly html: string;
  /** Run after it is shown. */
  readonly scripts: readonly string[];
  /** Whether scripts may run in it at all. */
  readonly mayRun: boolean;
}

const heightIn = (data: unknown): number | null => {
  const height = (data as { readonly height?: unknown } | null)?.height;
  return typeof height === 'number' && Number.isFinite(height) ? height : null;
};

interface FrameProps {
  readonly content: FrameContent;
  readonly height: number;
  readonly onHeight: (height: number) => void;
}

/** The content is sent, not addressed: the frame has no origin that could be named, and no request that could leak it. */
const Frame = ({ content, height, onHeight }: FrameProps) => {
  const frame = useRef<HTMLIFrameElement>(null);
  const isSent = useRef(false);
  useEffect(() => {
    const listen = ({ source, data }: MessageEvent<unknown>): void => {
      const told = heightIn(data);
      if (source !== null && source === frame.current?.contentWindow && told !== null)
        onHeight(Math.min(MAX_FRAME_HEIGHT, Math.max(24, Math.ceil(told))));
    };
    addEventListener('message', listen);
    return () => removeEventListener('message', listen);
  }, [onHeight]);
  const send = (): void => {
    if (isSent.current) return;
    isSent.current = true;
    frame.current?.contentWindow?.postMessage(content, '*');
  };
  return (
    <iframe
      ref={frame}
      src="/sandbox.html"
      sandbox="allow-scripts"
      referrerPolicy="no-referrer"
      title="Output of the cell"
      className="atmo-frame"
      style={{ blockSize: height }}
      onLoad={send}
    />
  );
};

/** A frame that exists while it is near what is seen, and keeps its place when it is not. */
export const FrameView = ({ content }: { readonly content: FrameContent }) => {
  const place = useRef<HTMLDivElement>(null);
  const isNear = useIsNear(place);
  const [height, setHeight] = useState(120);
  return (
    <div ref={place} className="atmo-frame-place" style={{ minBlockSize: height }}>
      {isNear && <Frame content={content} height={height} onHeight={setHeight} />}
    </div>
  );
};

/** HTML is shown at once; what it would run, when the person asks for it. */
export const HtmlView = ({ html, hasScript }: { readonly html: string; readonly hasScript: boolean }) => {
  const [mayRun, setMayRun] = useState(false);
  return (
    <>
      <FrameView key={String(mayRun)} content={{ html, scripts: [], mayRun }} />
      {hasScript && (
        <p className="atmo-omitted">
          {mayRun
            ? 'Its script runs without access to the portal and to the network. '
            : 'This output has a script, which has not run. '}
          <Button variant="inline-link" onClick={() => setMayRun(!mayRun)}>
            {mayRun ? 'Stop it' : 'Run it'}
          </Button>
        </p>
      )}
    </>
  );
};
