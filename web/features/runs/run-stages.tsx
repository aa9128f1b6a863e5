import type { RunProgress } from '../../../shared/contract/routes/runs.ts';
import type { RunView } from '../../../shared/contract/run.ts';
import { exactDurationText } from '../../lib/instant-text.ts';
import { useNow } from '../../lib/use-now.ts';

type Stage = RunProgress['stages'][number];

interface StageProps {
  readonly stage: Stage;
  readonly name: string;
  /** When the one after it began; null while this one is the present one, or has not begun. */
  readonly until: string | null;
  readonly look: 'done' | 'present' | 'to-come';
}

const StageItem = ({ stage: { since, usual }, name, until, look }: StageProps) => {
  const now = useNow(1000);
  const end = until === null ? now : Date.parse(until);
  const seconds = since === null || look === 'to-come' ? null : Math.max(0, (end - Date.parse(since)) / 1000);
  return (
    <li className={`atmo-stage atmo-stage-${look}`} aria-current={look === 'present' ? 'step' : undefined}>
      <strong>{name}</strong>
      <span>
        {seconds === null ? (look === 'done' ? 'done' : '') : exactDurationText(seconds)}
        {usual !== null && <span className="atmo-usual"> usually {exactDurationText(usual)}</span>}
      </span>
    </li>
  );
};

const namesFor = (
  { cell, cells }: RunProgress,
  engine: RunView['engine'],
): Readonly<Record<Stage['stage'], string>> => ({
  waiting: 'Waiting',
  starting: engine === 'serverless' ? 'Driver' : 'Cluster',
  notebook: cell === null || cells === null ? 'Notebook' : `Notebook, cell ${cell} of ${cells}`,
  upload: 'Upload',
  ended: 'Ended',
});

/** How far a run is: each stage with its time and the usual one. */
export const RunStages = ({
  progress,
  engine,
}: {
  readonly progress: RunProgress;
  readonly engine: RunView['engine'];
}) => {
  const names = namesFor(progress, engine);
  const stages = progress.stages.filter(({ stage }) => stage !== 'ended');
  const present = stages.findIndex(({ stage }) => stage === progress.stage);
  return (
    <ol className="atmo-stages" aria-label="Stages of the run">
      {stages.map((stage, at) => (
        <StageItem
          key={stage.stage}
          stage={stage}
          name={names[stage.stage]}
          until={at < present ? (stages.slice(at + 1).find(({ since }) => since !== null)?.since ?? null) : null}
          look={at < present ? 'done' : at === present ? 'present' : 'to-come'}
        />
      ))}
    </ol>
  );
};
