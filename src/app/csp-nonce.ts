/**
 * The nonce of this answer, for the style tags that antd adds (SEC-06). Vite puts it into `index.html` as
 * `{{nonce}}`, and the webserver replaces that per answer; a server that does not leaves the literal behind.
 */
export function cspNonce(): string | undefined {
  const meta = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  const nonce = meta?.nonce || meta?.getAttribute('nonce');
  return nonce && !nonce.includes('{{') ? nonce : undefined;
}
