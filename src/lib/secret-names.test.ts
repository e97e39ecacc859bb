import { describe, expect, it } from 'vitest';
import { holdsSecret } from './secret-names';

describe('a command that carries a secret (SEC-07)', () => {
  it.each([
    'export HF_TOKEN=abc && python train.py',
    'AWS_SECRET_ACCESS_KEY=x aws s3 ls',
    'curl --password hunter2 https://x.example',
    'tool --api-key=abc',
    'git clone https://me:pw@git.example.org/x.git',
    'curl -H "Authorization: Bearer abc" https://x.example',
    'echo "-----BEGIN OPENSSH PRIVATE KEY-----"',
  ])('%s', (text) => expect(holdsSecret(text)).toBe(true));

  it.each(['python train.py --epochs 3', 'EPOCHS=3 python tokenizer.py --tokenizer bert', 'ls -la', 'curl https://example.org:8080/a@b'])(
    '%s has none',
    (text) => expect(holdsSecret(text)).toBe(false),
  );
});
