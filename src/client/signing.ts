/**
 * Signs a call for the manager (API mode). Plain JavaScript, because a console opened over plain HTTP has no
 * `crypto.subtle`. Loaded on demand: only API mode needs it.
 */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

export interface SignedCall {
  method: string;
  /** The address as it will be sent, with any path of the endpoint and the raw query. */
  url: string;
  /** Exactly as in `X-BackendAI-Date`, ISO 8601. */
  date: string;
  /** Exactly as in `Content-Type`; parameters such as a charset are not signed. */
  contentType: string;
  apiVersion: string;
}

export interface Signature {
  /** The seven lines that were signed. */
  text: string;
  /** Hex of the day's key and of the host's key. */
  dayKey: string;
  hostKey: string;
  signature: string;
}

function mac(key: Uint8Array, text: string): Uint8Array {
  return hmac(sha256, key, utf8ToBytes(text));
}

/** HMAC-SHA256 over method, path, date, host, type and version. The body is never part of it. */
export function sign(call: SignedCall, secretKey: string): Signature {
  const url = new URL(call.url);
  const text = [
    call.method.toUpperCase(),
    url.pathname + url.search,
    call.date,
    `host:${url.host}`,
    `content-type:${(call.contentType.split(';', 1)[0] ?? '').trim()}`,
    `x-backendai-version:${call.apiVersion}`,
    bytesToHex(sha256(new Uint8Array())),
  ].join('\n');
  // The day as written in the sent date, in whatever zone that is.
  const dayKey = mac(utf8ToBytes(secretKey), call.date.slice(0, 10).replaceAll('-', ''));
  const hostKey = mac(dayKey, url.host);
  return { text, dayKey: bytesToHex(dayKey), hostKey: bytesToHex(hostKey), signature: bytesToHex(mac(hostKey, text)) };
}

/** Value of the `Authorization` header. */
export function authorization(call: SignedCall, keys: { accessKey: string; secretKey: string }): string {
  return `BackendAI signMethod=HMAC-SHA256, credential=${keys.accessKey}:${sign(call, keys.secretKey).signature}`;
}
