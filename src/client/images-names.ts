/**
 * How images are called and grouped (SES-R20): the manager has no such table, so the console keeps one. Names are
 * product names and stay as they are in every language; groups are worded by the pages.
 */

export type ImageGroup =
  | 'language'
  | 'machineLearning'
  | 'deepLearningToolkit'
  | 'scientificLanguage'
  | 'desktop'
  | 'application'
  | 'benchmark'
  | 'custom';

interface ImageFacts {
  title: string;
  group: ImageGroup;
}

const groups: Record<Exclude<ImageGroup, 'custom'>, Record<string, string>> = {
  language: {
    c: 'C', cpp: 'C++', 'gcc': 'C/C++ (GCC)', go: 'Go', golang: 'Go', haskell: 'Haskell', java: 'Java', julia: 'Julia',
    lua: 'Lua', nodejs: 'Node.js', octave: 'Octave', php: 'PHP', python: 'Python', 'python-ff': 'Python',
    rust: 'Rust', scala: 'Scala', swift: 'Swift',
  },
  machineLearning: {
    'python-tensorflow': 'TensorFlow', tensorflow: 'TensorFlow', 'python-pytorch': 'PyTorch', pytorch: 'PyTorch',
    'python-caffe': 'Caffe', 'python-caffe2': 'Caffe2', 'python-cntk': 'CNTK', 'python-mxnet': 'MXNet',
    'python-theano': 'Theano', 'python-torch': 'Torch', 'python-cuml': 'RAPIDS cuML', 'python-jax': 'JAX',
    'ff': 'TensorFlow', 'lablup-pytorch': 'PyTorch', 'lablup-tensorflow': 'TensorFlow', vllm: 'vLLM',
    'vllm-openai': 'vLLM', sglang: 'SGLang', 'text-generation-inference': 'Text Generation Inference',
    huggingface: 'Hugging Face', 'triton-server': 'Triton Inference Server', 'modular-max': 'Modular MAX',
  },
  deepLearningToolkit: {
    digits: 'DIGITS', 'ngc-digits': 'NVIDIA DIGITS', 'ngc-pytorch': 'PyTorch (NVIDIA GPU Cloud)',
    'ngc-tensorflow': 'TensorFlow (NVIDIA GPU Cloud)', 'ngc-mxnet': 'MXNet (NVIDIA GPU Cloud)',
    'ngc-rapids': 'RAPIDS (NVIDIA GPU Cloud)', 'ngc-triton': 'Triton (NVIDIA GPU Cloud)',
    'ngc-nemo': 'NeMo (NVIDIA GPU Cloud)', nemo: 'NVIDIA NeMo', 'rocm-pytorch': 'PyTorch (ROCm)',
    'rocm-tensorflow': 'TensorFlow (ROCm)', 'intel-python': 'Intel Python',
  },
  scientificLanguage: {
    r: 'R', 'r-base': 'R', rstudio: 'RStudio', matlab: 'MATLAB', 'matlab-deep-learning': 'MATLAB Deep Learning',
    afni: 'AFNI', 'gromacs': 'GROMACS', 'julia-science': 'Julia',
  },
  desktop: { 'ubuntu-desktop': 'Ubuntu Desktop', 'xfce-desktop': 'Xfce Desktop', 'gnome-desktop': 'GNOME Desktop' },
  application: {
    filebrowser: 'File Browser', 'backend.ai-filebrowser': 'File Browser', git: 'Git', h2o: 'H2O',
    'h2o-dai': 'H2O Driverless AI', mlflow: 'MLflow', 'nginx': 'nginx', 'code-server': 'Visual Studio Code',
    'sftp-upload': 'SFTP Uploader', spark: 'Apache Spark', 'lablup-sftp': 'SFTP Uploader',
  },
  benchmark: { 'hpc-benchmarks': 'HPC Benchmarks', 'mlperf': 'MLPerf', 'stream-benchmark': 'STREAM' },
};

const table = new Map<string, ImageFacts>(
  Object.entries(groups).flatMap(([group, titles]) =>
    Object.entries(titles).map(([key, title]): [string, ImageFacts] => [key, { title, group: group as ImageGroup }]),
  ),
);

/** Title and group of an image's base name; for an unknown one the title is made of the name. */
export function imageFacts(baseName: string): ImageFacts {
  const title = baseName
    .split(/[-_]+/)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(' ');
  return table.get(baseName) ?? { title: title || baseName, group: 'custom' };
}

export interface ImageTag {
  key: string;
  value: string;
}

/** SES-R21. Names of the parts of a tag. */
const partNames: Record<string, string> = {
  py: 'Python', python: 'Python', cuda: 'CUDA', cudnn: 'cuDNN', ubuntu: 'Ubuntu', ubi: 'UBI', centos: 'CentOS',
  rocky: 'Rocky Linux', debian: 'Debian', alpine: 'Alpine Linux', anolis: 'Anolis OS', rocm: 'ROCm', tf: 'TensorFlow',
  pytorch: 'PyTorch', torch: 'PyTorch', jax: 'JAX', r: 'R', mkl: 'MKL', cann: 'CANN', hpu: 'Gaudi', rebel: 'Rebellions',
  warboy: 'Warboy', atom: 'ATOM', tpu: 'TPU', cpu: 'CPU', gpu: 'GPU', ngc: 'NGC', vscode: 'Visual Studio Code',
};

/** Parts that name the machine: the architecture stands beside already. */
const machineParts = ['amd', 'arm', 'aarch', 'x86', 'x'];

/** The customized image's own part; its value is a random text. */
const customizedPart = 'customized_';

/** `312` is how tags write 3.12. */
function pythonVersion(value: string): string {
  return /^\d{2,}$/.test(value) ? `${value.charAt(0)}.${value.slice(1)}` : value;
}

/** A tag in words, `Python 3.12`; null for what need not be shown. `customizedName` stands for the random part. */
export function prettyTag({ key, value }: ImageTag, customizedName?: string): { name: string; value: string } | null {
  const part = key.toLowerCase();
  if (part.startsWith(customizedPart)) return { name: 'Customized', value: customizedName ?? value };
  if (machineParts.includes(part)) return null;
  const name = partNames[part] ?? key;
  return { name, value: part === 'py' || part === 'python' ? pythonVersion(value) : value };
}

/** Reads `<version>-<part>-<part>…` as managers from 24.12 on do by themselves. */
export function splitTag(tag: string): { version: string; tags: ImageTag[] } {
  const [version = '', ...parts] = tag.split('-');
  const tags = parts
    .filter((part) => part !== '')
    .map((part): ImageTag => {
      if (part.startsWith(customizedPart)) return { key: customizedPart, value: part.slice(customizedPart.length) };
      const [, key, value] = /^([A-Za-z_]+)([\d.].*)?$/.exec(part) ?? [];
      return key === undefined ? { key: part, value: '' } : { key, value: value ?? '' };
    });
  return { version, tags };
}

/** Negative where `a` comes first: newest version first, numbers compared as numbers. */
export function compareImageVersions(a: string, b: string): number {
  return b.localeCompare(a, 'en', { numeric: true });
}
