/** From version 3 of a study's log to version 4: the region and the run's settings in their new form. */
import { eachEvent, type Migration } from '../log/kind.ts';
import { isRecord } from '../paths.ts';
import { configFromVersion3, regionFromVersion3 } from '../run/version3.ts';

export const fromVersion3: Migration = eachEvent((event) => {
  const { config } = event;
  if (event.type !== 'study/started' || !isRecord(config)) return event;
  const { run, region, ...rest } = config;
  return {
    ...event,
    version: 4,
    config: { ...rest, run: configFromVersion3(run), region: regionFromVersion3(region) },
  };
});
