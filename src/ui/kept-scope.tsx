import { createContext, useContext } from 'react';
import type { ReactNode } from 'react';
import { perEndpointKey } from '../lib/storage';

const Scope = createContext('');

/** What lists keep (columns, density) is kept per cluster; the frame says which one this is. */
export function KeptScope({ value, children }: { value: string; children: ReactNode }) {
  return <Scope value={value}>{children}</Scope>;
}

export function useKeptKey(key: string): string {
  return perEndpointKey(useContext(Scope), key);
}
