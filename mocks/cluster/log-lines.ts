import { SECOND } from './clock';
import { noise } from './rng';
import type { Kernel, Session } from './types';

/** What a container writes again and again while it lives, after what kind of work it does. */
export interface Chatter {
  /** Milliseconds between two entries. */
  every: number;
  /** One or several lines, each with its end; from the number and the moment alone. */
  entry: (i: number, at: number) => string;
}

const E = '\u001b[';
const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-11-26 01:21:40,253`. */
function stamp(at: number, separator = ','): string {
  const date = new Date(at);
  const time = `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
  return `${String(date.getUTCFullYear())}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())} ${time}${separator}${String(date.getUTCMilliseconds()).padStart(3, '0')}`;
}

const RECOVERED = [
  'Traceback (most recent call last):',
  '  File "/home/work/train.py", line 148, in load_batch',
  '    return next(self.batches)',
  '  File "/usr/local/lib/python3.12/site-packages/torch/utils/data/dataloader.py", line 701, in __next__',
  '    data = self._next_data()',
  'RuntimeError: DataLoader worker (pid 4711) is killed by signal: Killed.',
];

/** A step a second on each rank; an epoch is 500 steps, ends with a validation bar, and now and then something goes wrong. */
function training(session: Session, kernel: Kernel): Chatter {
  const rank = session.kernels.indexOf(kernel);
  const tag = session.kernels.length > 1 ? `${E}38;5;${String(39 + rank * 40)}m[rank${String(rank)}]${E}0m ` : '';
  const perEpoch = 500;
  return {
    every: SECOND,
    entry(i, at) {
      const epoch = Math.floor(i / perEpoch) + 1;
      const step = i % perEpoch;
      const dice = noise(kernel.noise, i);
      const time = stamp(at);
      const loss = 2.3 * Math.exp(-i / 9000) + 0.08 + dice * 0.05;
      if (step === perEpoch - 1) {
        const bars = Array.from({ length: 11 }, (_x, part) => `\r${tag}validating ${String(part * 10).padStart(3)}%|${'█'.repeat(part * 2).padEnd(20)}|`).join('');
        return `${bars}\n${time} ${E}32mINFO${E}0m  ${tag}epoch ${String(epoch)} val_loss=${(loss * 1.1).toFixed(4)} val_error: ${(0.4 * Math.exp(-epoch / 8)).toFixed(4)}\n`;
      }
      if (dice < 0.0008) return `${time} ${E}1;31mERROR${E}0m ${tag}batch ${String(step)} failed, trying it again\n${RECOVERED.join('\n')}\n`;
      if (dice < 0.006) return `${time} ${E}33mWARNING${E}0m ${tag}gradient norm ${(40 + dice * 9000).toFixed(1)} was clipped to 1.0\n`;
      return `${time} ${E}32mINFO${E}0m  ${tag}epoch ${String(epoch)} step ${String(step)}/${String(perEpoch)} loss=${loss.toFixed(4)} lr=${(3e-4 * Math.exp(-i / 60_000)).toExponential(2)}\n`;
    },
  };
}

/** An inference server: requests and its own sums every ten seconds. */
function serving(kernel: Kernel): Chatter {
  return {
    every: SECOND,
    entry(i, at) {
      const dice = noise(kernel.noise, i);
      const time = stamp(at, '.');
      if (i % 10 === 9) return `${E}32mINFO${E}0m ${time} engine: ${(dice * 900).toFixed(1)} tokens/s, running ${String(Math.floor(dice * 12))}, waiting 0, KV cache ${(dice * 60).toFixed(1)}%\n`;
      if (dice < 0.004) return `${E}33mWARNING${E}0m ${time} request was cut at 8192 tokens\n`;
      if (dice < 0.006) return `${E}31mERROR${E}0m ${time} client closed the stream: ConnectionResetError\n`;
      return `${E}32mINFO${E}0m ${time} 10.0.0.${String(2 + Math.floor(dice * 200))} - "POST /v1/chat/completions HTTP/1.1" 200 OK\n`;
    },
  };
}

const NOTEBOOK_CALLS = ['GET /api/contents', 'GET /api/kernels', 'GET /api/sessions', 'PUT /api/contents/analysis.ipynb', 'GET /api/terminals'];

/** A notebook server as people know it. */
function notebook(kernel: Kernel): Chatter {
  return {
    every: 2 * SECOND,
    entry(i, at) {
      const dice = noise(kernel.noise, i);
      const time = stamp(at, '.');
      if (dice < 0.002) return `${E}31m[E ${time} ServerApp]${E}0m Uncaught exception POST /api/kernels\nTraceback (most recent call last):\n  File "/usr/local/lib/python3.12/site-packages/tornado/web.py", line 1790, in _execute\n    result = await result\nTimeoutError: the kernel did not answer within 60 s\n`;
      if (dice < 0.02) return `${E}33m[W ${time} ServerApp]${E}0m slow request: ${String(Math.round(dice * 90_000))} ms\n`;
      if (dice < 0.05) return `${E}36m[D ${time} ServerApp]${E}0m activity on kernel ${kernel.id.slice(0, 8)}: execution_state=idle\n`;
      return `${E}36m[I ${time} ServerApp]${E}0m 200 ${NOTEBOOK_CALLS[Math.floor(dice * 4.99)] ?? ''} (work@127.0.0.1) ${(dice * 9).toFixed(2)}ms\n`;
    },
  };
}

export function chatterOf(session: Session, kernel: Kernel): Chatter {
  if (session.type === 'inference') return serving(kernel);
  const trains = /torch|tensorflow|tgi|vllm/.test(kernel.imageReference) && (session.kernels.length > 1 || (kernel.requestedSlots['cuda.shares'] ?? kernel.requestedSlots['cuda.device'] ?? 0) > 0);
  return trains ? training(session, kernel) : notebook(kernel);
}

/** Settings in one line, as frameworks like to write them: longer than any screen is wide. */
export function longLine(kernel: Kernel): string {
  const settings = Array.from({ length: 90 }, (_x, i) => `"layer.${String(i)}.dropout": ${noise(kernel.noise, i).toFixed(4)}`);
  return `config {${settings.join(', ')}}\n`;
}
