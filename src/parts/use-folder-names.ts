import { useQuery } from '@tanstack/react-query';
import { can } from '../client/capabilities';
import { folderQueries } from '../client/folders';
import type { SessionRow } from '../client/sessions-types';
import { useConsole } from './console-context';

/**
 * Names of a session's folders by id. Managers that tell the ids alone (24.09.8, 25.3) leave them to one's own list;
 * the oldest tell names for ids.
 */
export function useFolderNames({ folders, folderNames, projectId }: Pick<SessionRow, 'folders' | 'folderNames' | 'projectId'>): Record<string, string> {
  const { projects, project: here } = useConsole();
  const project = projects.find(({ id }) => id === projectId) ?? here;
  const { data } = useQuery({ ...folderQueries.mountable(project), enabled: can('folderMountsInSessions') && folders.length > 0 && folderNames === null });
  return folderNames ?? Object.fromEntries((data ?? []).map(({ id, name }) => [id, name]));
}
