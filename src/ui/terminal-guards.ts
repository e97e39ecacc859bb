/** What a program inside a terminal may do outside of it: little (SEC-04). */

const LARGEST_COPY = 2 ** 20;

/** The address of a link that may be followed; null for everything but the web's own schemes. */
export function webAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}

/** The text that an OSC 52 sequence puts into the clipboard; null for a question about it and for what is none. */
export function clipboardText(data: string): string | null {
  const encoded = data.slice(data.indexOf(';') + 1);
  if (encoded === '' || encoded === '?' || encoded.length > LARGEST_COPY) return null;
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0)));
  } catch {
    return null;
  }
}
