/** Starts a run from the draft; says what is missing if it cannot. */
import { Play } from 'lucide-react';
import { closeDrawer, goTo } from '../../state/commands.ts';
import { runTrains } from '../../state/trains.ts';
import { Button } from '../../ui/Button.tsx';
import { useCommand, useLabState } from '../page/lab.ts';

interface StartButtonProps {
  readonly label: string;
  readonly testId: string;
  readonly size?: 'm' | 'l';
}

export function StartButton({ label, testId, size = 'm' }: StartButtonProps) {
  const command = useCommand();
  const config = useLabState((state) => state.draft.config);
  const busy = useLabState(runTrains);
  return (
    <Button
      kind="primary"
      size={size}
      icon={<Play size={size === 'l' ? 18 : 16} aria-hidden />}
      data-testid={testId}
      disabled={!config || busy}
      title={busy ? 'A run is going on: pause it first.' : undefined}
      onClick={() =>
        command(async ({ store, session }) => {
          if (!config) return;
          closeDrawer(store);
          goTo(store, 'search');
          await session.start(config);
        })
      }
    >
      {label}
    </Button>
  );
}
