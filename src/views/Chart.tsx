/** Puts a d3 chart on the page: measures its place, redraws on change, moves only when there is time. */
import {
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import type { Chart as ChartKind } from '../viz/shared/chart.ts';
import { drawNever, drawSoon } from './page/frames.ts';

interface ChartProps<Model> {
  readonly kind: Pick<ChartKind<Model>, 'render'>;
  readonly model: Model;
  readonly svgRef?: RefObject<SVGSVGElement | null>;
  /** Fill the height of the place; else the chart takes what it needs. */
  readonly fill?: boolean;
  readonly height?: number;
  readonly onHover?: ((key: string | null) => void) | undefined;
  readonly onSelect?: ((key: string) => void) | undefined;
  readonly testId?: string | undefined;
}

interface Place {
  readonly width: number;
  readonly height: number;
}

/** Redraws that follow one another faster than this are drawn without transitions. */
const CALM_MS = 400;
const SMALLEST = 60;

/** Windows in which the search screen is a dashboard of fixed height; search/SearchView.css has the same rule. */
const DASHBOARD = '(min-width: 75rem) and (min-height: 44rem)';

function useDashboard(): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = matchMedia(DASHBOARD);
      query.addEventListener('change', changed);
      return () => query.removeEventListener('change', changed);
    },
    () => matchMedia(DASHBOARD).matches,
  );
}

const wantsMotion = () => !matchMedia('(prefers-reduced-motion: reduce)').matches;

function usePlace(ref: RefObject<HTMLElement | null>): Place | null {
  const [place, setPlace] = useState<Place | null>(null);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      const next = { width: element.clientWidth, height: element.clientHeight };
      setPlace((old) => (old?.width === next.width && old.height === next.height ? old : next));
    };
    // Its first call comes after the layout of this frame: asking now would force one for each chart.
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return place;
}

export function Chart<Model>(props: ChartProps<Model>) {
  const { kind, model, svgRef, height, onHover, onSelect, testId } = props;
  const fill = useDashboard() && props.fill === true;
  const holder = useRef<HTMLDivElement>(null);
  const own = useRef<SVGSVGElement>(null);
  const svg = svgRef ?? own;
  const place = usePlace(holder);
  const drawnAt = useRef(0);
  const wished = height ?? (fill ? place?.height : undefined);

  useEffect(() => {
    const element = svg.current;
    if (!element || !place || place.width < SMALLEST) return;
    drawSoon(element, () => {
      const now = performance.now();
      const motion = wantsMotion() && now - drawnAt.current > CALM_MS;
      drawnAt.current = now;
      kind.render(element, model, {
        width: place.width,
        height: wished,
        motion,
        onHover,
        onSelect,
      });
    });
  }, [svg, kind, model, place, wished, onHover, onSelect]);

  useEffect(() => {
    const element = svg.current;
    return () => {
      if (element) drawNever(element);
    };
  }, [svg]);

  return (
    <div className={fill ? 'chart chart-fill' : 'chart'} ref={holder}>
      <svg ref={svg} data-testid={testId} />
    </div>
  );
}
