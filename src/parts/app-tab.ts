/** The tab that an app will open in. */
export interface AppTab {
  go: (url: string) => void;
  close: () => void;
}

/**
 * Opens an empty tab within the click's own handler, where browsers allow it (pitfall 7); null where one blocks it.
 * `noopener` would give no hold on the tab, so the tie back is cut at once instead (SEC-13).
 */
export function openAppTab(title: string, text: string): AppTab | null {
  const tab = window.open('about:blank', '_blank');
  if (!tab) return null;
  tab.opener = null;
  try {
    tab.document.title = title;
    const line = tab.document.createElement('p');
    line.textContent = text;
    tab.document.body.append(line);
  } catch {
    // A browser that gives the tab another process first: it stays empty for the moment.
  }
  return { go: (url) => tab.location.replace(url), close: () => tab.close() };
}
