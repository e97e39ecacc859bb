import { createContext, useContext } from 'react';
import type { Problem } from './problem';
import type { LaunchValues, Step } from './launch-values';
import type { Forecast } from './launch-forecast';
import type { LaunchFacts } from './use-launch-facts';

/** What every step and field of the launcher needs. */
export interface Launcher {
  values: LaunchValues;
  set: (patch: Partial<LaunchValues>) => void;
  facts: LaunchFacts;
  /** What the form as it stands comes to. */
  forecast: Forecast;
  /** Shown ones only. */
  problems: readonly Problem[];
  leave: (field: string) => void;
  goTo: (step: Step) => void;
}

const Context = createContext<Launcher | null>(null);

export const LauncherProvider = Context.Provider;

export function useLauncher(): Launcher {
  const launcher = useContext(Context);
  if (!launcher) throw new Error('useLauncher is for the steps of the launcher');
  return launcher;
}
