import { useQuery } from '@tanstack/react-query';
import plotly from 'plotly.js-dist-min/plotly.min.js?url';
import { useMemo } from 'react';

import { Loaded } from '../../components/loaded.tsx';
import { fetchFile } from '../../lib/api.ts';
import { FrameView } from './frame-view.tsx';

/** Draws a figure to the width of its frame. A figure's frames, for an animation, are part of it. */
const drawing = (figure: string): string => `
  const { data, layout = {}, frames = [], config = {} } = ${figure};
  delete layout.width;
  Plotly.newPlot('figure', data, { height: 450, ...layout, autosize: true }, { ...config, responsive: true, displaylogo: false })
    .then(() => Plotly.addFrames('figure', frames));`;

/** A Plotly figure, drawn from its data by our own copy of its library, in a frame that has no network to load it from. */
const FigureView = ({ figure }: { readonly figure: string }) => {
  const library = useQuery({
    queryKey: ['plotly'],
    queryFn: async ({ signal }) => (await fetchFile(plotly, signal)).text(),
    staleTime: Infinity,
  });
  const content = useMemo(
    () => ({ html: '<div id="figure"></div>', scripts: [library.data ?? '', drawing(figure)], mayRun: true }),
    [library.data, figure],
  );
  return (
    <Loaded query={library} what="the figure">
      {() => <FrameView content={content} />}
    </Loaded>
  );
};

export default FigureView;
