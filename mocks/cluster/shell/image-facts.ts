import { hash, noise } from '../rng';
import type { Image } from '../types';

/** What is installed in an image, read from its name and tag. */
export interface ImageFacts {
  python: string | null;
  packages: Record<string, string>;
  distro: string;
}

const COMMON: Record<string, string> = { pip: '24.2', setuptools: '75.1.0', wheel: '0.44.0', ipython: '8.27.0', jupyterlab: '4.2.5', requests: '2.32.3' };
const SCIENCE: Record<string, string> = { numpy: '1.26.4', pandas: '2.2.2', scipy: '1.14.1', matplotlib: '3.9.2', 'scikit-learn': '1.5.2', tqdm: '4.66.5', pillow: '10.4.0' };

/** Which release of PyTorch a monthly NGC image carries. */
const NGC_TORCH: Record<string, string> = { '24.12': '2.6.0a0+df5bbc09d1.nv24.12', '24.03': '2.3.0a0+40ec155e58.nv24.03' };

/** `312` → `3.12.7`: the patch release depends on the image alone. */
function pythonOf(image: Image): string | null {
  if (image.labels['ai.backend.runtime-type'] !== 'python') return null;
  const plain = image.baseName === 'python' ? /^(\d+\.\d+)/.exec(image.tag)?.[1] : undefined;
  const short = /(?:^|-)py(\d)(\d+)(?:-|$)/.exec(image.tag);
  const version = plain ?? (short ? `${short[1] ?? '3'}.${short[2] ?? '12'}` : '3.12');
  return `${version}.${String(2 + Math.floor(noise(hash(image.tag), 3) * 8))}`;
}

export function imageFacts(image: Image | undefined): ImageFacts {
  const distro = image?.labels['ai.backend.base-distro'] ?? 'ubuntu22.04';
  const python = image ? pythonOf(image) : null;
  if (!image || python === null) return { python: null, packages: {}, distro };
  const version = /^(\d+\.\d+)/.exec(image.tag)?.[1] ?? '';
  const cuda = /cuda(\d+)\.(\d+)/.exec(image.tag);
  const packages = { ...COMMON };
  if (image.baseName === 'python-pytorch') {
    const build = `${version}.0${cuda ? `+cu${cuda[1] ?? ''}${cuda[2] ?? ''}` : '+cpu'}`;
    Object.assign(packages, SCIENCE, { torch: build, torchvision: '0.19.0', torchaudio: build });
  }
  if (image.baseName === 'ngc-pytorch') Object.assign(packages, SCIENCE, { torch: NGC_TORCH[version] ?? `2.0.0+nv${version}` });
  if (image.baseName === 'python-tensorflow') Object.assign(packages, SCIENCE, { tensorflow: `${version}.0`, keras: version.startsWith('1.') ? '2.3.1' : '3.3.3' });
  if (image.baseName === 'ngc-tensorflow') Object.assign(packages, SCIENCE, { tensorflow: '2.15.0' });
  if (image.baseName === 'vllm') Object.assign(packages, SCIENCE, { torch: '2.7.0+cu128', vllm: version, transformers: '4.52.4' });
  return { python, packages, distro };
}
