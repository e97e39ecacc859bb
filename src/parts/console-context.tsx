import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import type { Me } from '../client/account';
import type { SiteConfig } from '../client/config';

export type Project = Me['projects'][number];

/** What the frame knows and every page may ask for. Present on every page inside the frame. */
export interface ConsoleFacts {
  me: Me;
  config: SiteConfig;
  /** The projects of the header's selector (ACC-065). */
  projects: Project[];
  /** The one chosen there. Queries carry its id in their key, so a change reloads what is shown. */
  project: Project;
  /** As the manager said at the handshake, e.g. `25.6.3`; '' if it did not say. */
  managerVersion: string;
}

const Context = createContext<ConsoleFacts | null>(null);

export function ConsoleProvider({ facts, children }: { facts: ConsoleFacts; children: ReactNode }) {
  return <Context value={facts}>{children}</Context>;
}

export function useConsole(): ConsoleFacts {
  const facts = useContext(Context);
  if (!facts) throw new Error('useConsole is for pages inside the frame');
  return facts;
}

export const useMe = (): Me => useConsole().me;
export const useSiteConfig = (): SiteConfig => useConsole().config;
/** Operators may hide agents, superadmins see them all the same. */
export const useAgentsShown = (): boolean => {
  const { me, config } = useConsole();
  return me.role === 'superadmin' || !config.general.hideAgents;
};
export const useProject = (): Project => useConsole().project;
