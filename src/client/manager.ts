import { queryOptions } from '@tanstack/react-query';
import { handshake } from './login';

export const managerQueries = {
  /** Whether the manager answers at all: asked for while it seems not to (ACC-074). */
  version: () => queryOptions({ queryKey: ['manager', 'version'], queryFn: ({ signal }) => handshake(signal), staleTime: 0, retry: false }),
};
