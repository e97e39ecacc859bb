/** Takes secrets out of what is kept of a call (ACC-122, SEC-07): headers, bodies, addresses, messages. */

export const mask = '••••';

const secretKey =
  /passw|secret|token|^otp$|totp_key|totp_uri|authorization|cookie|priv(?:ate)?_?key|^x-backendai-sessionid$|^session_?id_?secret$/i;
/** Maps whose every value may be a secret: the environment of a session. */
const secretMap = /^(?:environ|envs?|env_vars)$/i;

const patterns: readonly [RegExp, string][] = [
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g, mask],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${mask}`],
  [/(credential=)[^\s,;"]+/gi, `$1${mask}`],
  // `"password": "…"` inside a text, and the same quoted once more.
  [/("(?:\w*(?:passw|secret|token|priv(?:ate)?_?key)\w*|otp|totp_key|totp_uri)"\s*:\s*")(?:[^"\\]|\\.)*/gi, `$1${mask}`],
  [
    /(\\"(?:\w*(?:passw|secret|token|priv(?:ate)?_?key)\w*|otp|totp_key|totp_uri)\\"\s*:\s*\\")(?:[^"\\]|\\\\\\"|\\(?!"))*/gi,
    `$1${mask}`,
  ],
  // `password=…` in an address or a form.
  [/((?:^|[?&;\s])(?:\w*(?:passw|secret|token)\w*|otp|authorization)=)[^&#\s]*/gi, `$1${mask}`],
];

/** A text without the secrets that can be told by their look. */
export function maskText(text: string): string {
  return patterns.reduce((current, [pattern, replacement]) => current.replace(pattern, replacement), text);
}

/** A copy of a JSON value in which secrets are replaced, told by the names of their keys. */
export function maskValue(value: unknown): unknown {
  if (typeof value === 'string') return maskJson(value) ?? maskText(value);
  if (Array.isArray(value)) return value.map(maskValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      if (secretKey.test(key) && item !== null && item !== undefined && item !== '') return [key, mask];
      if (secretMap.test(key)) return [key, maskMap(item)];
      return [key, maskValue(item)];
    }),
  );
}

/** Some calls carry JSON as a text in JSON; null where the text is none. */
function maskJson(text: string): string | null {
  if (!/^\s*[[{]/.test(text)) return null;
  try {
    return JSON.stringify(maskValue(JSON.parse(text)));
  } catch {
    return null;
  }
}

function maskMap(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value === null || value === undefined ? value : mask;
  return Object.fromEntries(Object.keys(value).map((key) => [key, mask]));
}
