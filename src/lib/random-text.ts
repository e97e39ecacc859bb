const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** Lower-case letters and digits, to tell a made-up name from others. */
export function randomText(length: number): string {
  return [...crypto.getRandomValues(new Uint8Array(length))].map((byte) => letters[byte % letters.length]).join('');
}
