import { Suspense } from 'react';
import type { ReactNode } from 'react';
import { useMe, useSiteConfig } from '../parts/console-context';
import { NotFoundPage, UnauthorizedPage, UnsupportedPage } from './error-page';
import { neededVersion, pageAccess } from './menu';
import type { PageKey } from './menu';
import { Splash } from './splash';

/** Lets a page in by role and by the site's lists; what is refused is not even loaded (ACC-063, SEC-17). */
export function PageGate({ page, children }: { page: PageKey; children: ReactNode }) {
  const me = useMe();
  const { menu } = useSiteConfig();
  const access = pageAccess(page, me.role, menu);
  if (access === 'forbidden') return <UnauthorizedPage />;
  if (access === 'unsupported') return <UnsupportedPage needed={neededVersion(page) ?? ''} />;
  if (access !== 'open') return <NotFoundPage />;
  return <Suspense fallback={<Splash />}>{children}</Suspense>;
}
