import { QueryClientProvider } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { RouterProvider, createBrowserRouter } from 'react-router-dom';
import * as z from 'zod/mini';
import type { Me } from '../client/account';
import { connection } from '../client/connection';
import type { SiteConfig } from '../client/config';
import { startSessionEvents } from '../client/events';
import { createConsoleQueryClient } from '../client/query-policy';
import { perEndpointKey, readLocal, writeLocal } from '../lib/storage';
import { ConsoleProvider } from '../parts/console-context';
import type { ConsoleFacts } from '../parts/console-context';
import { KeptScope } from '../ui/kept-scope';
import { ProjectChoice } from './project-choice';
import { refreshThemeFile } from './theme-file';
import { routes } from './routes';

const projectKey = () => perEndpointKey(connection.get().endpoint, 'project');

/** Everything behind the log-in: queries, events, the router. It is made for one account and ends with it. */
export function SignedIn({ me, config }: { me: Me; config: SiteConfig }) {
  const [queryClient] = useState(createConsoleQueryClient);
  const [router] = useState(() => createBrowserRouter(routes));
  const [projectId, setProjectId] = useState(() => readLocal(projectKey(), z.string()));
  useEffect(() => startSessionEvents(queryClient), [queryClient]);
  useEffect(() => () => router.dispose(), [router]);
  useEffect(() => {
    // After the first page has what it needs; nothing waits for it (ACC-007).
    const timer = setTimeout(() => void refreshThemeFile(), 3000);
    return () => clearTimeout(timer);
  }, []);
  const facts = useMemo((): ConsoleFacts | null => {
    const offered = me.projects.filter((item) => item.type === 'GENERAL' || !config.menu.blocklist.includes('model-store'));
    const projects = offered.length > 0 ? offered : me.projects;
    const project = projects.find((item) => item.id === projectId) ?? projects[0];
    return project ? { me, config, projects, project, managerVersion: connection.get().managerVersion ?? '' } : null;
  }, [me, config, projectId]);
  if (!facts) return null;
  return (
    <QueryClientProvider client={queryClient}>
      <ConsoleProvider facts={facts}>
        <ProjectChoice
          value={(id) => {
            writeLocal(projectKey(), id);
            setProjectId(id);
          }}
        >
          <KeptScope value={connection.get().endpoint}>
            <RouterProvider router={router} />
          </KeptScope>
        </ProjectChoice>
      </ConsoleProvider>
    </QueryClientProvider>
  );
}
