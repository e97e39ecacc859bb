import { afterEach, beforeEach, expect, vi } from 'vitest';

let cleanup = () => {};

// Tests of pure modules run without a page (`@vitest-environment node`) and pay for none of this.
if (typeof window !== 'undefined') {
  const library = await import('@testing-library/react');
  cleanup = library.cleanup;
  // Pages arrive in parts of their own and the simulated cluster answers over real promises.
  library.configure({ asyncUtilTimeout: 5000, getElementError: notFound });

  /** Width of the window as media queries see it; a test may set another one before it renders. */
  const answers = (query: string): boolean => {
    if (query.includes('prefers-reduced-motion')) return true;
    const max = /max-width:\s*(\d+(?:\.\d+)?)px/.exec(query)?.[1];
    const min = /min-width:\s*(\d+(?:\.\d+)?)px/.exec(query)?.[1];
    if (max || min) return (!max || window.innerWidth <= Number(max)) && (!min || window.innerWidth >= Number(min));
    return false;
  };
  window.matchMedia = (query) => ({
    get matches() {
      return answers(query);
    },
    media: query,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    dispatchEvent: () => false,
  });
  window.ResizeObserver ??= class {
    observe() {}
    unobserve() {}
    disconnect() {}
  };
  window.scrollTo = () => undefined;
  Element.prototype.scrollIntoView ??= () => undefined;
  Object.defineProperty(HTMLElement.prototype, 'innerText', {
    get(this: HTMLElement) {
      return this.textContent;
    },
    configurable: true,
  });
  window.getComputedStyle = cheapStyle;
  // Nor does a page without layout need the library's style sheets parsed.
  Object.defineProperty(HTMLStyleElement.prototype, 'innerHTML', { get: () => '', set() {}, configurable: true });
}

const separator = '\n\nOn the page: ';

/** What was on the page instead, as its reader sees it: the first thousands of characters of its tags tell little. */
function notFound(message: string | null): Error {
  const { activeElement, body } = document;
  const focused = activeElement ? new XMLSerializer().serializeToString(activeElement.cloneNode()) : 'nothing';
  const texts: string[] = [];
  for (const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT); walker.nextNode(); ) texts.push(walker.currentNode.textContent ?? '');
  // Waiting hands in what it was told at the last look.
  const [what] = (message ?? 'not found').split(separator);
  const error = new Error(`${what}${separator}${texts.join(' | ')}\nFocused: ${focused}\nAddress: ${window.location.href}`);
  error.name = 'TestingLibraryElementError';
  return error;
}

/** A call that the simulated cluster does not know is a mistake of the test or the page, never silently nothing. */
const unhandled: string[] = [];
/** Not the cluster's: a file beside the console, asked for when there is time. */
const files = /\/resources\/theme\.json/;

beforeEach(() => {
  const { error } = console;
  vi.spyOn(console, 'error').mockImplementation((...args: unknown[]) => {
    const text = args.map(String).join(' ');
    if (text.includes('[MSW]') && text.includes('without a matching request handler')) {
      if (!files.test(text)) unhandled.push(text);
      return;
    }
    error(...args);
  });
});

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  expect(unhandled.splice(0)).toEqual([]);
});

/**
 * jsdom answers `getComputedStyle` by matching every rule of every style sheet, and the component library brings
 * thousands: finding by role then takes most of a test's time. What tests need of it is whether something is hidden,
 * and that is told by inline styles, the `hidden` attribute and the library's own class names.
 */
function cheapStyle(element: Element): CSSStyleDeclaration {
  const { style } = element as HTMLElement;
  const value = (name: string): string => {
    if (name === 'display') return isHidden(element) ? 'none' : style.display || 'block';
    if (name === 'visibility') return inherited(element, 'visibility') || 'visible';
    if (name === 'pointer-events') return inherited(element, 'pointerEvents') || 'auto';
    return style.getPropertyValue(name);
  };
  return new Proxy(style, {
    get(target, key) {
      if (key === 'display' || key === 'visibility') return value(key);
      if (key === 'pointerEvents') return value('pointer-events');
      if (key === 'getPropertyValue') return value;
      const found: unknown = Reflect.get(target, key);
      return typeof found === 'function' ? found.bind(target) : found;
    },
  });
}

function isHidden(element: Element): boolean {
  if ((element as HTMLElement).style.display === 'none' || element.hasAttribute('hidden')) return true;
  // `ant-popover-hidden`, `ant-tooltip-hidden`, … but `ant-form-item-required-mark-hidden` only hides a star.
  return [...element.classList].some((name) => name.startsWith('ant-') && name.endsWith('-hidden') && !name.endsWith('mark-hidden'));
}

function inherited(element: Element, property: 'visibility' | 'pointerEvents'): string {
  for (let at: Element | null = element; at; at = at.parentElement) {
    const own = (at as HTMLElement).style?.[property];
    if (own) return own;
  }
  return '';
}
