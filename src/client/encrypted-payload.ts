/**
 * The obfuscated form of a log-in body (ACC-023): `iv:base64(AES-256-CBC)`. The key travels with it, so it hides
 * nothing from who reads the wire; it keeps passwords out of careless logs. Loaded on demand.
 */
import { cbc } from '@noble/ciphers/aes.js';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const ivLength = 16;
const keyLength = 32;

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function randomIv(): string {
  let iv = '';
  while (iv.length < ivLength) {
    for (const byte of crypto.getRandomValues(new Uint8Array(ivLength))) {
      // 248 = 4 × 62: bytes above would make the first letters likelier.
      if (byte < 248 && iv.length < ivLength) iv += alphabet.charAt(byte % alphabet.length);
    }
  }
  return iv;
}

/**
 * @param endpoint `scheme://host[:port]` as the webserver sees itself
 * @param plain the JSON text
 * @param iv 16 letters or digits; random unless given
 */
export function encryptPayload(endpoint: string, plain: string, iv: string = randomIv()): string {
  const encoder = new TextEncoder();
  const key = (toBase64(encoder.encode(endpoint)) + iv + iv).slice(0, keyLength);
  const sealed = cbc(encoder.encode(key), encoder.encode(iv)).encrypt(encoder.encode(plain));
  return `${iv}:${toBase64(sealed)}`;
}
