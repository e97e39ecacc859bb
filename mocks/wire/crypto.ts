import { cbc } from '@noble/ciphers/aes.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

function base64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/**
 * Opens a body sent with `X-BackendAI-Encoded: true` (access-and-shell "Encrypted payload"). `endpoint` is the
 * server's own address as it sees itself; with another one the text comes out as rubbish or not at all.
 */
export function decodePayload(body: string, endpoint: string): string | null {
  const colon = body.indexOf(':');
  const iv = body.slice(0, colon);
  if (colon !== 16) return null;
  try {
    const key = (base64(utf8ToBytes(endpoint)) + iv + iv).slice(0, 32);
    const cipher = Uint8Array.from(atob(body.slice(colon + 1)), (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(cbc(utf8ToBytes(key), utf8ToBytes(iv)).decrypt(cipher));
  } catch {
    return null;
  }
}

const EMPTY_HASH = bytesToHex(sha256(new Uint8Array()));

export interface SignedParts {
  method: string;
  /** Path with raw query as sent. */
  path: string;
  /** The date exactly as in the header. */
  date: string;
  /** Host with a non-default port. */
  host: string;
  /** Without parameters. */
  contentType: string;
  version: string;
}

/** `YYYYMMDD` of the date as sent, in its own zone. */
function dayOf(date: string): string | null {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(date);
  return match ? `${match[1]}${match[2]}${match[3]}` : null;
}

/** The signature a client must send for these parts (access-and-shell "API mode: signing"); null for an unreadable date. */
export function signatureOf(parts: SignedParts, secretKey: string): string | null {
  const day = dayOf(parts.date);
  if (day === null) return null;
  const lines = [
    parts.method.toUpperCase(),
    parts.path,
    parts.date,
    `host:${parts.host}`,
    `content-type:${parts.contentType}`,
    `x-backendai-version:${parts.version}`,
    EMPTY_HASH,
  ];
  const k1 = hmac(sha256, utf8ToBytes(secretKey), utf8ToBytes(day));
  const k2 = hmac(sha256, k1, utf8ToBytes(parts.host));
  return bytesToHex(hmac(sha256, k2, utf8ToBytes(lines.join('\n'))));
}
