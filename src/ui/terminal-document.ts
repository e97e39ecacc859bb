import type { Terminal } from '@xterm/xterm';

interface Colour {
  rgba: number;
}

/** The part of xterm that draws rows: its own business, touched here for the two reasons below only. */
interface Rows {
  _document: Pick<Document, 'createElement'>;
  _applyMinimumContrast: (element: HTMLElement, ground: Colour, ink: Colour, ...rest: unknown[]) => boolean;
}

interface Inside {
  _core?: { _renderService?: { _renderer?: { value?: { _rowFactory?: Rows } } } };
}

/** A span whose style attribute goes through its style object, which a content policy allows. */
function span(name: string): HTMLElement {
  const element = document.createElement(name);
  element.setAttribute = (attribute: string, value: string) => {
    if (attribute === 'style') element.style.cssText = value;
    else Element.prototype.setAttribute.call(element, attribute, value);
  };
  return element;
}

/**
 * Opens a terminal under a content policy (SEC-06). xterm knows nothing of one: the style tags that it adds while it
 * opens get the nonce, and the colours of its cells are not written as attributes. The browser tests, which fail on
 * every violation, tell when another version of it does otherwise.
 */
export function openUnderPolicy(screen: Terminal, parent: HTMLElement, nonce: string | undefined): void {
  const create = document.createElement.bind(document) as (name: string, options?: ElementCreationOptions) => HTMLElement;
  const own = Object.getOwnPropertyDescriptor(document, 'createElement');
  const withNonce = (name: string, options?: ElementCreationOptions): HTMLElement => {
    const element = create(name, options);
    if (name === 'style' && nonce) element.nonce = nonce;
    return element;
  };
  Object.defineProperty(document, 'createElement', { value: withNonce, configurable: true, writable: true });
  try {
    screen.open(parent);
  } finally {
    if (own) Object.defineProperty(document, 'createElement', own);
    else delete (document as Partial<Document>).createElement;
  }
  const rows = (screen as unknown as Inside)._core?._renderService?._renderer?.value?._rowFactory;
  if (!rows) return;
  rows._document = { createElement: span as Document['createElement'] };
  // For reversed cells it measures the text's colour against itself and then greys it: their own colours are right.
  const apply = rows._applyMinimumContrast.bind(rows);
  rows._applyMinimumContrast = (element, ground, ink, ...rest) => ground.rgba !== ink.rgba && apply(element, ground, ink, ...rest);
}
