import type { Cluster } from '../../cluster/api';
import type { Requester } from '../../cluster/types';

/** What every resolver gets. */
export interface GraphqlContext {
  cluster: Cluster;
  requester: Requester;
}
