/** Files out of a container as `download_single` gives them. Pure. */

/**
 * The file's text: older agents leave the archive around it, one header of 512 characters (`ustar` at 257, the size
 * in octal at 124), the file, and zeros up to a full block.
 */
export function fileContent(answer: string): string {
  if (answer.slice(257, 262) !== 'ustar') return answer;
  const size = Number.parseInt(answer.slice(124, 136).replace(/[\0 ]/g, ''), 8);
  return answer.slice(512, Number.isFinite(size) ? 512 + size : undefined);
}

/** The private key in a file, with its line end; null where there is none. */
export function privateKeyIn(text: string): string | null {
  const found = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/.exec(text);
  return found ? `${found[0]}\n` : null;
}
