import { useRouteError } from 'react-router-dom';
import { CrashPanel } from './crash-panel';

/** The last net: something of the frame itself broke. */
export function CrashPanelRoute() {
  return <CrashPanel error={useRouteError()} whole />;
}
