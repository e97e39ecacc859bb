/**
 * What stands on the page when the console can't start (ACC-002): plain elements, as neither components nor texts
 * can be relied on. Browsers too old to read modules at all are told by `public/browser-check.js`.
 */
const texts = {
  en: {
    browser: ['This browser is too old for the console.', 'Use a current version of Chrome, Edge, Firefox or Safari.'],
    error: ['The console could not start.', 'Reload the page. If that does not help, try a private window or clear this site’s data.'],
    reload: 'Reload',
  },
  ko: {
    browser: ['이 브라우저에서는 콘솔을 사용할 수 없습니다.', 'Chrome, Edge, Firefox, Safari의 최신 버전을 사용하십시오.'],
    error: ['콘솔을 시작하지 못했습니다.', '페이지를 새로 고치십시오. 그래도 안 되면 시크릿 창을 사용하거나 이 사이트의 데이터를 지우십시오.'],
    reload: '새로 고침',
  },
} as const;

/** The name of the first thing that is needed and not there; null if all is well. */
export function missingFeature(): string | null {
  const needed: Record<string, boolean> = {
    fetch: 'fetch' in window,
    ReadableStream: 'ReadableStream' in window,
    AbortController: 'AbortController' in window,
    structuredClone: 'structuredClone' in window,
    'Array.at': 'at' in Array.prototype,
    'Object.hasOwn': 'hasOwn' in Object,
  };
  return Object.keys(needed).find((name) => !needed[name]) ?? null;
}

export function showStartFailure(element: HTMLElement, kind: 'browser' | 'error', detail: string): void {
  const words = texts[navigator.language.startsWith('ko') ? 'ko' : 'en'];
  const main = document.createElement('main');
  main.style.cssText = 'max-width:60ch;margin:12vh auto;padding:0 16px;font:16px/1.6 system-ui,sans-serif';
  main.setAttribute('role', 'alert');
  const [title, advice] = words[kind];
  main.append(line('h1', title), line('p', advice), line('p', detail));
  const button = line('button', words.reload);
  button.addEventListener('click', () => window.location.reload());
  main.append(button);
  element.replaceChildren(main);
}

function line(tag: 'h1' | 'p' | 'button', text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}
