import { createContext, useContext } from 'react';

const Context = createContext<(id: string) => void>(() => undefined);

/** Changes the current project; for the header's selector and the palette only. */
export const ProjectChoice = Context.Provider;
export const useChooseProject = (): ((id: string) => void) => useContext(Context);
