/** The way from a region to its correlation study. */
import { ChartScatter } from 'lucide-react';
import { actionById } from '../../state/actions.ts';
import { Button } from '../../ui/Button.tsx';
import { useDispatch, useLabState } from '../page/lab.ts';

const ACTION = actionById('correlate');

export function CorrelateButton({ testId }: { readonly testId: string }) {
  const dispatch = useDispatch();
  const possible = useLabState(ACTION.when);
  if (!possible) return null;
  return (
    <Button
      size="s"
      kind="quiet"
      icon={<ChartScatter size={15} aria-hidden />}
      title={`${ACTION.label} (${ACTION.key}): ${ACTION.help}`}
      data-testid={testId}
      onClick={() => dispatch('correlate')}
    >
      Correlate
    </Button>
  );
}
