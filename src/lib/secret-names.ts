/** Names of environment variables whose values are kept nowhere and shown to nobody. */

const secretWords = [
  'AUTH', 'ACCESS', 'SECRET', '_KEY', 'PASSWORD', 'PASSWD', 'PWD', 'TOKEN', 'PRIVATE', 'CREDENTIAL', 'JWT', 'KEYPAIR',
  'CERTIFICATE', 'SSH', 'ENCRYPT', 'SIGNATURE', 'SALT', 'PIN', 'PASSPHRASE', 'OAUTH',
];

/** SES-R31. */
export function looksSecret(name: string): boolean {
  const upper = name.toUpperCase();
  return secretWords.some((word) => upper.includes(word));
}

const secretFlag = /(?:^|\s)--?(?:[\w]+-)*(?:password|passwd|token|secret|api-?key|credentials?)(?:=|\s+)\S/i;
const userInAddress = /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:[^\s/@]+@/i;
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;

/** Whether a command or script seems to carry a secret of its own: `HF_TOKEN=…`, `--password …`, `https://me:pw@host`. */
export function holdsSecret(text: string): boolean {
  const assigned = [...text.matchAll(/(?:^|[\s;&|(])(?:export\s+)?([A-Z_][A-Z0-9_]*)=(?=\S)/g)];
  return (
    assigned.some(([, name = '']) => looksSecret(name)) ||
    secretFlag.test(text) ||
    userInAddress.test(text) ||
    privateKey.test(text) ||
    /\bauthorization:\s*\S/i.test(text)
  );
}
