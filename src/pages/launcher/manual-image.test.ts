// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { isManual, manualImage, readManualImage } from './manual-image';

describe('an image by its name (SES-062, SES-R20)', () => {
  it.each<[string, string, string]>([
    ['cr.example.org/stable/python:3.13', 'cr.example.org/stable/python:3.13', 'x86_64'],
    [' cr.example.org:5000/a/b/c:1.0-py312@aarch64 ', 'cr.example.org:5000/a/b/c:1.0-py312', 'aarch64'],
    ['localhost/python:3', 'localhost/python:3', 'x86_64'],
    ['10.0.0.1:5000/python-pytorch:2.4_1', '10.0.0.1:5000/python-pytorch:2.4_1', 'x86_64'],
  ])('%j is %s on %s', (typed, reference, architecture) => {
    expect(readManualImage(typed)).toEqual({ reference, architecture });
  });

  it.each([
    '', 'python', 'python:3.12', 'cr.example.org/stable/python', 'cr.example.org/stable/python:', 'cr.example.org/stable/python:3@',
    'cr.example.org//python:3', 'cr.example.org/Stable/python:3', 'cr.example.org/stable/python:3 12', 'https://cr.example.org/python:3',
    'cr.example.org:port/python:3', '/python:3', 'cr.example.org/python:3@arm/64', `cr.example.org/python:${'x'.repeat(129)}`,
  ])('%j is no full name', (typed) => {
    expect(readManualImage(typed)).toBeNull();
  });

  it('what the cluster does not list has a title, no least amounts, and takes every accelerator', () => {
    const image = manualImage({ reference: 'cr.example.org:5000/lab/python-pytorch:2.4-py312', architecture: 'aarch64' }, []);
    expect(image).toMatchObject({
      id: '', title: 'PyTorch', group: 'machineLearning', registry: 'cr.example.org:5000', project: 'lab', version: '2.4',
      architecture: 'aarch64', minimum: {}, accelerators: ['*'], servicePorts: [],
    });
  });

  it('what it lists is taken as listed, for the very architecture', () => {
    const known = { ...manualImage({ reference: 'r.io/a:1', architecture: 'x86_64' }, []), id: 'known', minimum: { cpu: 2 } };
    expect(manualImage({ reference: 'r.io/a:1', architecture: 'x86_64' }, [known]).minimum).toEqual({ cpu: 2 });
    expect(manualImage({ reference: 'r.io/a:1', architecture: 'aarch64' }, [known]).id).toBe('');
  });

  it('counts only where the site allows it and something is typed', () => {
    expect([isManual({ imageName: 'x' }, true), isManual({ imageName: 'x' }, false), isManual({ imageName: '  ' }, true)]).toEqual([true, false, false]);
  });
});
