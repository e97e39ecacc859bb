import type { ProxyOptions } from 'vite';

/**
 * Relays the webserver's own addresses to a live one, so that a local server of the console stands in its place.
 * Two things must change on the way: cookies marked Secure would be lost on plain http, and the webserver
 * writes its own address into config.toml, which would send the browser past the relay (ACC-012).
 */
export function relayTo(endpoint: string): Record<string, ProxyOptions> {
  const plain: ProxyOptions = {
    target: endpoint,
    changeOrigin: true,
    ws: true,
    secure: false,
    cookieDomainRewrite: '',
    configure(proxy) {
      proxy.on('proxyRes', (answer) => {
        const cookies = answer.headers['set-cookie'];
        if (cookies) answer.headers['set-cookie'] = cookies.map((cookie) => cookie.replace(/;\s*Secure/gi, ''));
      });
      proxy.on('error', (error, _request, response) => {
        if (!('writeHead' in response)) return;
        response.writeHead(502, { 'Content-Type': 'application/problem+json' });
        response.end(JSON.stringify({ type: 'https://api.backend.ai/probs/bad-gateway', title: 'The proxy target server is inaccessible.', msg: error.message }));
      });
    },
  };
  const config: ProxyOptions = {
    target: endpoint,
    changeOrigin: true,
    secure: false,
    selfHandleResponse: true,
    configure(proxy) {
      proxy.on('proxyReq', (request) => request.removeHeader('accept-encoding'));
      proxy.on('proxyRes', (answer, request, response) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => {
          const own = `http://${request.headers.host ?? 'localhost'}`;
          const text = Buffer.concat(parts).toString('utf8').replace(/^(\s*apiEndpoint\s*=).*$/m, `$1 "${own}"`);
          response.writeHead(answer.statusCode ?? 200, { 'Content-Type': answer.headers['content-type'] ?? 'text/plain' });
          response.end(text);
        });
      });
    },
  };
  return { '/func': plain, '/server': plain, '/config.toml': config };
}
