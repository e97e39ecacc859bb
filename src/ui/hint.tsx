import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { CSSProperties } from 'react';
import styles from './hint.module.css';

/**
 * Tooltips of elements that carry a `data-hint`: one for the whole page, made when it is needed, by pointer or key. A
 * table of a hundred rows with four buttons each has no time for four hundred of them (PER-03).
 */

const DELAY_MS = 120;
const GAP = 6;
const EDGE = 8;
const ID = 'hint';

interface Shown {
  element: HTMLElement;
  text: string;
}

function hinted(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-hint]') : null;
}

/** What stands in sight in full needs no tip that repeats it. */
function repeats(element: HTMLElement): boolean {
  return element.innerText === element.dataset.hint && element.scrollWidth <= element.clientWidth;
}

/** A menu or another pop-up of the element is open: it stands where the tip would, and tells more. */
function givesWay(element: HTMLElement): boolean {
  return element.hasAttribute('aria-haspopup') && element.getAttribute('aria-expanded') === 'true';
}

/** Needs to stand once on the page. */
export function HintLayer() {
  const [shown, setShown] = useState<Shown | null>(null);
  const tip = useRef<HTMLDivElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    let byKey = false;
    const later = (act: () => void) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(act, DELAY_MS);
    };
    const show = (element: HTMLElement) =>
      later(() => setShown(element.isConnected && !repeats(element) && !givesWay(element) ? { element, text: element.dataset.hint ?? '' } : null));
    const hide = () => later(() => setShown(null));
    const onOver = (event: Event) => {
      const element = hinted(event.target);
      if (element) show(element);
      // The tip itself may be pointed at, to read on or to copy (WCAG 1.4.13).
      else if (tip.current && event.target instanceof Node && tip.current.contains(event.target)) clearTimeout(timer.current);
      else hide();
    };
    const onFocus = (event: Event) => {
      const element = hinted(event.target);
      // The focus that a click moves, or that comes back from a dialog, asks for nothing.
      if (element && byKey) show(element);
      else hide();
    };
    const onKey = (event: KeyboardEvent) => {
      // Not where Enter or Escape closes a dialog and the focus comes back: nobody went there to read.
      byKey = /^(Tab|Arrow)/.test(event.key);
      if (event.key === 'Escape') setShown(null);
    };
    const onDown = () => {
      byKey = false;
    };
    // Where the tip is all there is, a click and a touch ask for it.
    const onClick = (event: Event) => {
      const element = hinted(event.target);
      if (element?.matches('[data-hint-click], [data-unavailable]')) show(element);
    };
    const gone = () => {
      clearTimeout(timer.current);
      setShown(null);
    };
    document.addEventListener('pointerover', onOver);
    document.addEventListener('focusin', onFocus);
    document.addEventListener('focusout', hide);
    document.addEventListener('keydown', onKey, true);
    document.addEventListener('pointerdown', onDown, true);
    document.addEventListener('click', onClick);
    document.addEventListener('scroll', gone, true);
    return () => {
      clearTimeout(timer.current);
      document.removeEventListener('pointerover', onOver);
      document.removeEventListener('focusin', onFocus);
      document.removeEventListener('focusout', hide);
      document.removeEventListener('keydown', onKey, true);
      document.removeEventListener('pointerdown', onDown, true);
      document.removeEventListener('click', onClick);
      document.removeEventListener('scroll', gone, true);
    };
  }, []);

  // With the tip itself: a reader is told of it at once.
  useLayoutEffect(() => {
    const element = shown?.element;
    if (!element) return;
    element.setAttribute('aria-describedby', ID);
    const expanded = new MutationObserver(() => givesWay(element) && setShown(null));
    expanded.observe(element, { attributeFilter: ['aria-expanded'] });
    return () => {
      expanded.disconnect();
      // By then it may be described by its pop-up.
      if (element.getAttribute('aria-describedby') === ID) element.removeAttribute('aria-describedby');
    };
  }, [shown]);

  if (!shown) return null;
  return (
    <div ref={tip} id={ID} role="tooltip" className={styles.tip} style={placeAt(shown.element)}>
      {shown.text}
    </div>
  );
}

/** Above the element, below where there is no room; never over the edge of the screen. */
function placeAt(element: HTMLElement): CSSProperties {
  const box = element.getBoundingClientRect();
  const width = document.documentElement.clientWidth;
  const middle = Math.min(Math.max(box.left + box.width / 2, EDGE), Math.max(width - EDGE, EDGE));
  // Half of the tip may lie on each side, so it grows no wider than twice the nearer side.
  const room = 2 * Math.min(middle - EDGE, width - EDGE - middle);
  const leansOn = room >= 160 ? 'middle' : middle < width / 2 ? 'start' : 'end';
  const across =
    leansOn === 'middle' ? { left: middle, maxWidth: Math.min(320, room), translate: '-50%' } : leansOn === 'start' ? { left: EDGE, maxWidth: 280 } : { right: EDGE, maxWidth: 280 };
  return box.top > 64 ? { ...across, bottom: document.documentElement.clientHeight - box.top + GAP } : { ...across, top: box.bottom + GAP };
}
