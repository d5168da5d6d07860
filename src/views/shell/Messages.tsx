/** Errors and notices: what happened, what was kept, the next step. */
import './Messages.css';
import { useEffect } from 'react';
import type { ErrorRecord } from '../../core/errors.ts';
import { lastCompleteRound } from '../../core/run/history.ts';
import { roundWord } from '../../core/run/rounds.ts';
import { dismiss, type LabState } from '../../state/store.ts';
import { Banner } from '../../ui/Banner.tsx';
import { Button } from '../../ui/Button.tsx';
import { useCommand, useLab, useLabState } from '../page/lab.ts';

export function Messages() {
  const { store } = useLab();
  const failure = useLabState((state) => state.failure);
  const notices = useLabState((state) => state.notices);
  useEffect(() => {
    // The failure of the run has its own banner, which goes when the run goes on.
    const twin = failure && notices.find((notice) => notice.error === failure);
    if (twin) dismiss(store, twin.id);
  }, [store, failure, notices]);
  return (
    <div className="messages">
      {failure && <FailureBanner error={failure} />}
      {notices.map((notice) =>
        notice.error ? (
          <FailureBanner
            key={notice.id}
            error={notice.error}
            onDismiss={() => dismiss(store, notice.id)}
          />
        ) : (
          <Banner
            key={notice.id}
            tone={notice.kind === 'error' ? 'error' : 'notice'}
            title={notice.text}
            onDismiss={() => dismiss(store, notice.id)}
            testId="notice"
          />
        ),
      )}
    </div>
  );
}

const HEADLINES: { readonly [code in ErrorRecord['code']]: string } = {
  'config-invalid': 'These settings cannot run',
  'dataset-unavailable': 'The images could not be loaded',
  'dataset-damaged': 'The images arrived damaged',
  'backend-unavailable': 'No backend can compute here',
  'backend-wrong': 'The backend computes wrongly',
  'device-lost': 'The GPU was lost',
  'out-of-memory': 'There is not enough memory',
  'training-diverged': 'Training diverged',
  'log-damaged': 'The run file is damaged',
  'log-unsupported': 'The run file is of another version',
  'storage-failed': 'The browser could not store the run',
  'worker-died': 'The training thread stopped',
  cancelled: 'Cancelled',
  usage: 'That is not possible now',
  internal: 'Something went wrong',
};

/** Errors that come from the run itself, so that going on is the next step. */
const RETRIABLE: readonly ErrorRecord['code'][] = [
  'dataset-unavailable',
  'dataset-damaged',
  'backend-unavailable',
  'backend-wrong',
  'device-lost',
  'out-of-memory',
  'worker-died',
  'internal',
];

function keptOf({ run, recorded, live }: LabState): string {
  if (!run || recorded) return 'Nothing was lost.';
  const complete = lastCompleteRound(run.events) + 1;
  const word = roundWord(live.config);
  if (complete === 0) return `The settings are kept; no ${word} was complete.`;
  return `Kept: ${complete} complete ${word}${complete === 1 ? '' : 's'} of “${run.title}”.`;
}

interface FailureBannerProps {
  readonly error: ErrorRecord;
  readonly onDismiss?: () => void;
}

function FailureBanner({ error, onDismiss }: FailureBannerProps) {
  const command = useCommand();
  const kept = useLabState(keptOf);
  const retry = () => {
    onDismiss?.();
    command(async ({ store, session }) => {
      const { run, recorded, draft } = store.getState();
      if (run && !recorded) await session.play('end');
      else if (draft.config) await session.start(draft.config);
    });
  };
  return (
    <Banner
      tone="error"
      title={HEADLINES[error.code]}
      testId="error-banner"
      onDismiss={onDismiss}
      actions={
        RETRIABLE.includes(error.code) && (
          <Button size="s" data-testid="retry" onClick={retry}>
            Try again
          </Button>
        )
      }
    >
      <p>{error.message}</p>
      <p className="note-text">{kept}</p>
    </Banner>
  );
}
