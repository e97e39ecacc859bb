// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { compareImages, toImage } from '../client/images';
import type { Image } from '../client/images';
import { importImage } from './import-image';

function image(name: string, tag: string, architecture = 'x86_64', labels: Record<string, string> = {}): Image {
  const made = toImage({
    id: `${name}:${tag}@${architecture}`,
    name,
    tag,
    registry: 'cr.example.org',
    architecture,
    digest: null,
    labels: Object.entries(labels).map(([key, value]) => ({ key, value })),
    resource_limits: null,
    supported_accelerators: null,
  });
  if (!made) throw new Error('no image');
  return made;
}

const images = [
  image('stable/python', '3.12-ubuntu22.04'),
  image('stable/python', '3.13-ubuntu24.04', 'aarch64'),
  image('stable/python', '3.13-ubuntu24.04'),
  image('stable/python-pytorch', '2.4-py312'),
  image('stable/lab', '1.0', 'x86_64', { 'ai.backend.features': 'private' }),
  image('stable/python', '3.14-customized_12', 'x86_64', { 'ai.backend.customized-image.owner': 'user:me', 'ai.backend.customized-image.name': 'mine' }),
].sort(compareImages);

const chosen = (own: string, standard = '', allowlist: string[] = []) =>
  importImage(images, { defaultImportEnvironment: own, defaultSessionEnvironment: standard }, { allowlist, myUuid: 'me' })?.id;

describe('the image of an import (SES-R95)', () => {
  it('is the site’s own, by reference, name or base name', () => {
    expect(chosen('cr.example.org/stable/python:3.12-ubuntu22.04')).toBe('stable/python:3.12-ubuntu22.04@x86_64');
    expect(chosen('cr.example.org/stable/python-pytorch')).toBe('stable/python-pytorch:2.4-py312@x86_64');
    expect(chosen('python-pytorch')).toBe('stable/python-pytorch:2.4-py312@x86_64');
  });

  it('else the default of sessions, else a stock Python: the newest, of the usual architecture, nobody’s own', () => {
    expect(chosen('gone/image', 'cr.example.org/stable/python-pytorch')).toBe('stable/python-pytorch:2.4-py312@x86_64');
    expect(chosen('')).toBe('stable/python:3.13-ubuntu24.04@x86_64');
  });

  it('is none that the site does not offer', () => {
    expect(chosen('cr.example.org/stable/lab')).toBe('stable/python:3.13-ubuntu24.04@x86_64');
    expect(chosen('', '', ['python-pytorch'])).toBe('stable/python-pytorch:2.4-py312@x86_64');
    expect(chosen('', '', ['nothing'])).toBeUndefined();
  });
});
