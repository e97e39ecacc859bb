import { Navigate } from 'react-router-dom';
import { safeReturnPath } from '../lib/safe-path';
import { paths } from '../lib/paths';
import { useMe, useSiteConfig } from '../parts/console-context';
import { firstPage } from './menu';
import { themeFile } from './theme-file';

/** `/`: the installation's own address, else the user's first page (ACC-060). */
export function Home() {
  const me = useMe();
  const { menu } = useSiteConfig();
  const own = safeReturnPath(themeFile()?.logo?.href);
  const first = firstPage(me.role, menu);
  return <Navigate to={own && own !== paths.home() ? own : (first ?? paths.notFound())} replace />;
}
