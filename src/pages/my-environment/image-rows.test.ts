// @vitest-environment node
import { describe, expect, it } from 'vitest';
import type { CustomizedImage } from '../../client/customized-images';
import { toImage } from '../../client/images';
import { fullName, pageOf } from './image-rows';

function image(name: string, tag: string, size: number, architecture = 'x86_64'): CustomizedImage {
  const made = toImage({
    id: `${name}-${tag}`,
    name: 'stable/python-pytorch',
    tag: `${tag}-customized_0123`,
    registry: 'cr.example.org',
    architecture,
    digest: null,
    labels: [{ key: 'ai.backend.customized-image.name', value: name }],
    resource_limits: null,
    supported_accelerators: null,
  });
  if (!made) throw new Error('no image');
  return { ...made, size };
}

const images = [image('env-10', '2.4-py312', 10), image('env-2', '2.10-py313', 30), image('other', '2.4-py311', 20, 'aarch64')];
const names = (options: Partial<Parameters<typeof pageOf>[1]>) =>
  pageOf(images, { search: '', order: 'name', page: 1, size: 10, ...options }).rows.map((row) => row.customizedName);

describe('the list of one’s own images (SES-340)', () => {
  it('sorts names and versions as numbers, sizes as amounts', () => {
    expect(names({})).toEqual(['env-2', 'env-10', 'other']);
    expect(names({ order: '-name' })).toEqual(['other', 'env-10', 'env-2']);
    expect(names({ order: '-version' })).toEqual(['env-2', 'env-10', 'other']);
    expect(names({ order: 'size' })).toEqual(['env-10', 'other', 'env-2']);
    expect(names({ order: 'nonsense' })).toEqual(['env-2', 'env-10', 'other']);
  });

  it('searches every word in names, versions and references, and counts what fits', () => {
    expect(names({ search: 'ENV' })).toEqual(['env-2', 'env-10']);
    expect(names({ search: 'pytorch 3.13' })).toEqual(['env-2']);
    expect(pageOf(images, { search: 'env', order: 'name', page: 2, size: 1 })).toMatchObject({ total: 2, rows: [{ customizedName: 'env-10' }] });
  });

  it('SES-341 names the architecture where it is not the usual one', () => {
    expect(images.map(fullName)).toEqual([
      'cr.example.org/stable/python-pytorch:2.4-py312-customized_0123',
      'cr.example.org/stable/python-pytorch:2.10-py313-customized_0123',
      'cr.example.org/stable/python-pytorch:2.4-py311-customized_0123@aarch64',
    ]);
  });
});
