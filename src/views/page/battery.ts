/** Whether this machine runs on its battery. Few browsers tell; the others count as plugged in. */

/** What is needed of a BatteryManager. */
interface Battery {
  readonly charging: boolean;
  addEventListener(type: 'chargingchange', listener: () => void): void;
}

/** A navigator that may tell of its battery; TypeScript's library does not know of it. */
export interface MaybeBattery {
  readonly getBattery?: () => Promise<Battery>;
}

/** Tells at once, if there is anything to tell, and whenever it changes. Never throws. */
export function watchBattery(navigator: object, tell: (onBattery: boolean) => void): void {
  const { getBattery }: MaybeBattery = navigator;
  if (!getBattery) return;
  getBattery.call(navigator).then(
    (battery) => {
      const now = () => tell(!battery.charging);
      battery.addEventListener('chargingchange', now);
      now();
    },
    () => undefined, // Forbidden by a policy: then nobody knows.
  );
}
