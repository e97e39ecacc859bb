import type { Entry } from '../files/entries';
import { directory, textFile } from '../files/entries';
import { hash, noise } from '../rng';
import { DAY } from '../clock';
import type { ClusterState } from '../types';

type Tree = { [name: string]: string | number | Tree };

/** Text is a file's content, a number its size in bytes alone. */
function grow(tree: Tree, time: number): Record<string, Entry> {
  const entries: Record<string, Entry> = {};
  for (const [name, node] of Object.entries(tree)) {
    const modified = time - Math.round(noise(hash(name), 5) * 10 * DAY);
    if (typeof node === 'string') entries[name] = textFile(node, modified);
    else if (typeof node === 'number') entries[name] = { kind: 'file', content: '', size: node, mode: 0o644, modified };
    else entries[name] = { ...directory(modified), entries: grow(node, time) };
  }
  return entries;
}

const MB = 2 ** 20;
const GB = 2 ** 30;

function table(header: string, rows: number, row: (i: number) => string): string {
  return `${[header, ...Array.from({ length: rows }, (_x, i) => row(i))].join('\n')}\n`;
}

const LABELS = table('file,label', 24, (i) => `img_${String(i + 1).padStart(4, '0')}.png,${['cat', 'dog', 'bird'][i % 3] ?? ''}`);
const METRICS = table('epoch,loss,accuracy', 12, (i) => `${String(i + 1)},${(2.3 * Math.exp(-(i + 1) / 3)).toFixed(4)},${(1 - 0.6 * Math.exp(-(i + 1) / 3)).toFixed(4)}`);

const TRAIN = `"""Trains a small network on the data set beside this file."""
import torch
from torch.utils.data import DataLoader


def main(epochs=3):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    for epoch in range(epochs):
        ...


if __name__ == "__main__":
    main()
`;

const images = (count: number): Tree => Object.fromEntries(Array.from({ length: count }, (_x, i) => [`img_${String(i + 1).padStart(4, '0')}.png`, 40_000 + ((i * 7919) % 30_000)]));

const TREES: Record<string, Tree> = {
  datasets: {
    'README.md': '# Data sets\n\n- `flowers/`: pictures with labels\n- `text/`: plain sentences\n',
    'train.py': TRAIN,
    flowers: { 'labels.csv': LABELS, images: images(24) },
    text: { 'sentences.txt': table('The quick brown fox jumps over the lazy dog.', 5, (i) => `Sentence number ${String(i + 2)}.`), '한국어.txt': '안녕하세요. 반갑습니다.\n' },
  },
  results: { 'run-01': { 'metrics.csv': METRICS, 'model.pt': 98 * MB, 'config.json': '{\n  "lr": 0.01,\n  "epochs": 12\n}\n' }, 'notes.txt': 'run-01 is the baseline.\n' },
  '.local': { bin: {}, lib: { 'python3.12': { 'site-packages': {} } } },
  'finetuned-models': { 'config.json': '{\n  "architectures": ["LlamaForCausalLM"]\n}\n', 'model-00001-of-00002.safetensors': 9 * GB, 'model-00002-of-00002.safetensors': 9 * GB, 'tokenizer.json': 9 * MB },
  homework: { 'week-1.ipynb': '{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}\n', 'week-2.md': '# Week 2\n' },
  'reference-data': { 'README.md': 'Reference values. Please do not change.\n', 'values.csv': table('id,value', 20, (i) => `${String(i)},${noise(7, i).toFixed(4)}`) },
  'vision-shared': { annotations: { 'batch-1.json': '[]\n' }, 'guide.md': '# How we annotate\n' },
  'course-materials': { 'syllabus.md': '# Syllabus\n\n1. Tensors\n2. Training\n', slides: { 'lecture-1.pdf': 2 * MB, 'lecture-2.pdf': 3 * MB } },
  'llama-3.1-8b': { 'config.json': '{\n  "model_type": "llama"\n}\n', 'model.safetensors': 16 * GB, 'README.md': '# Llama 3.1 8B\n' },
  'admin-notes': { 'todo.txt': 'renew the certificates\n' },
};

/** Something to find in the folders of the demo. */
export function addDemoFiles(state: ClusterState): void {
  const folders: NonNullable<ClusterState['files']>['folders'] = {};
  for (const folder of Object.values(state.folders)) {
    const tree = Object.hasOwn(TREES, folder.name) ? TREES[folder.name] : undefined;
    if (tree) folders[folder.id] = { ...directory(folder.createdAt), entries: grow(tree, state.now) };
  }
  state.files = { folders, containers: {}, runs: {} };
}
