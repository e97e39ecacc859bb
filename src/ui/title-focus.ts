/**
 * After a change of page the focus belongs on the new page's heading. A page's code may arrive later than its
 * address, so the wish is kept here until a heading is drawn.
 */
let wanted = false;

/** Focuses the heading inside `root`, or notes the wish for the one to come. */
export function requestTitleFocus(root: HTMLElement | null): void {
  const heading = root?.querySelector<HTMLElement>('h1[tabindex="-1"]');
  wanted = !heading;
  heading?.focus();
}

export function takeTitleFocus(): boolean {
  const taken = wanted;
  wanted = false;
  return taken;
}
