/** Which chapter of the manual belongs to which page (ACC-068); the one place that knows the manual's addresses. */
const BASE = 'https://webui.docs.backend.ai';

const chapters: readonly (readonly [page: RegExp, chapter: string])[] = [
  [/^\/(start|summary|dashboard)?$/, 'summary/summary.html'],
  [/^\/session(\/|$)/, 'sessions_all/sessions_all.html'],
  [/^\/(serving|service)(\/|$)/, 'model_serving/model_serving.html'],
  [/^\/import(\/|$)/, 'import_run/import_run.html'],
  [/^\/data(\/|$)/, 'vfolder/vfolder.html'],
  [/^\/my-environment(\/|$)/, 'my_environments/my_environments.html'],
  [/^\/agent-summary(\/|$)/, 'agent_summary/agent_summary.html'],
  [/^\/statistics(\/|$)/, 'statistics/statistics.html'],
  [/^\/chat(\/|$)/, 'chat/chat.html'],
  [/^\/credential(\/|$)/, 'admin_menu/admin_menu.html'],
  [/^\/scheduler(\/|$)/, 'admin_menu/admin_menu.html'],
  [/^\/environment(\/|$)/, 'admin_menu/admin_menu.html#manage-images'],
  [/^\/resource-policy(\/|$)/, 'admin_menu/admin_menu.html#manage-resource-policy'],
  [/^\/(agent|storage-settings)(\/|$)/, 'admin_menu/admin_menu.html#query-agent-nodes'],
  [/^\/settings(\/|$)/, 'admin_menu/admin_menu.html#system-settings'],
  [/^\/maintenance(\/|$)/, 'admin_menu/admin_menu.html#server-management'],
  [/^\/information(\/|$)/, 'admin_menu/admin_menu.html#detailed-information'],
  [/^\/usersettings(\/|$)/, 'user_settings/user_settings.html'],
];

/** The manual exists in English and Korean. */
export function helpAddress(pathname: string, language: string): string {
  const manual = `${BASE}/${language.startsWith('ko') ? 'ko' : 'en'}/latest/`;
  const chapter = chapters.find(([page]) => page.test(pathname))?.[1];
  return manual + (chapter ?? '');
}
