/** Progress of what is being loaded: real bytes, or nothing. */
import { useLabState } from '../page/lab.ts';

export function LoadBar() {
  const load = useLabState((state) => state.load);
  if (!load) return null;
  const share = load.total > 0 ? Math.round((load.done / load.total) * 100) : null;
  return (
    <div className="load-bar" role="status" data-testid="load-bar">
      <span>
        {load.text}
        {share !== null && ` · ${share} %`}
      </span>
      <progress
        className="progress"
        aria-label={load.text}
        {...(share === null ? {} : { value: load.done, max: load.total })}
      />
    </div>
  );
}
