import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A built console served as the Backend.AI webserver does: fallback to index.html, a nonce per answer (SEC-06). */

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.toml': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

const COMPRESSED = /^(?:text\/|application\/(?:json|manifest|wasm)|image\/svg)/;

export interface StaticFiles {
  serve(incoming: IncomingMessage, outgoing: ServerResponse, path: string): Promise<void>;
}

interface Loaded {
  modified: number;
  body: Buffer;
  zipped: Buffer | null;
  type: string;
}

function securityHeaders(nonce: string, connect: readonly string[]): Record<string, string> {
  return {
    'Content-Security-Policy': [
      "default-src 'self'",
      `script-src 'self' 'nonce-${nonce}'`,
      `style-src 'self' 'nonce-${nonce}'`,
      "img-src 'self' data: blob:",
      `connect-src ${["'self'", ...connect].join(' ')}`,
      "object-src 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'same-origin',
  };
}

/** `connect`: addresses beside the own origin that the console may call. */
export function createStaticFiles(directory: string, connect: readonly string[]): StaticFiles {
  const root = resolve(directory);
  const loaded = new Map<string, Loaded>();

  async function load(file: string): Promise<Loaded | null> {
    try {
      const info = await stat(file);
      if (!info.isFile()) return null;
      const known = loaded.get(file);
      if (known && known.modified === info.mtimeMs) return known;
      const body = await readFile(file);
      const type = TYPES[extname(file)] ?? 'application/octet-stream';
      const entry: Loaded = { modified: info.mtimeMs, body, type, zipped: COMPRESSED.test(type) ? gzipSync(body) : null };
      loaded.set(file, entry);
      return entry;
    } catch {
      return null;
    }
  }

  function fileFor(path: string): string | null {
    let decoded: string;
    try {
      decoded = decodeURIComponent(path);
    } catch {
      return null;
    }
    if (decoded.includes('\0')) return null;
    const file = normalize(join(root, decoded));
    return file.startsWith(root + sep) ? file : null;
  }

  function send(incoming: IncomingMessage, outgoing: ServerResponse, status: number, body: Buffer, zipped: Buffer | null, headers: Record<string, string>): void {
    const zip = zipped !== null && /\bgzip\b/.test(String(incoming.headers['accept-encoding'] ?? ''));
    const content = zip ? zipped : body;
    outgoing.writeHead(status, {
      ...headers,
      'Content-Length': String(content.length),
      ...(zipped === null ? {} : { Vary: 'Accept-Encoding' }),
      ...(zip ? { 'Content-Encoding': 'gzip' } : {}),
    });
    outgoing.end(incoming.method === 'HEAD' ? undefined : content);
  }

  return {
    async serve(incoming, outgoing, path) {
      const nonce = randomBytes(18).toString('base64url');
      const security = securityHeaders(nonce, connect);
      const file = path === '/' || path === '/index.html' ? null : fileFor(path);
      const found = file === null ? null : await load(file);
      if (found) {
        const cache = path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache';
        send(incoming, outgoing, 200, found.body, found.zipped, { ...security, 'Content-Type': found.type, 'Cache-Control': cache });
        return;
      }
      const index = path.startsWith('/assets/') ? null : await load(join(root, 'index.html'));
      if (!index) {
        send(incoming, outgoing, 404, Buffer.from('404: Not Found'), null, { ...security, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-store' });
        return;
      }
      const html = Buffer.from(index.body.toString('utf8').replaceAll('{{nonce}}', nonce));
      send(incoming, outgoing, 200, html, gzipSync(html), { ...security, 'Content-Type': index.type, 'Cache-Control': 'no-store' });
    },
  };
}
