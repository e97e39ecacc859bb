/** IP addresses and networks as people type them. */

function isV4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/.test(text);
}

function isV6(text: string): boolean {
  if (!/^[0-9a-f:.]+$/i.test(text) || !text.includes(':')) return false;
  try {
    return new URL(`http://[${text}]/`).hostname !== '';
  } catch {
    return false;
  }
}

/** `10.0.0.1`, `10.0.0.0/8`, `2001:db8::/32` */
export function isNetwork(text: string): boolean {
  const [address = '', size, ...rest] = text.split('/');
  if (rest.length > 0) return false;
  const bits = isV4(address) ? 32 : isV6(address) ? 128 : null;
  return bits !== null && (size === undefined || (/^\d{1,3}$/.test(size) && Number(size) <= bits));
}

/** The parts of a list joined by commas, and those of them that are no network. */
export function readNetworks(text: string): { networks: string[]; bad: string[] } {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return { networks: parts, bad: parts.filter((part) => !isNetwork(part)) };
}
