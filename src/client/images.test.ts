import { describe, expect, it } from 'vitest';
import { compareImages, imageTags, offeredImages, parseServicePorts, suitsAccelerator, toImage } from './images';
import type { Image } from './images';
import { compareImageVersions, imageFacts, prettyTag, splitTag } from './images-names';

const record = {
  id: 'i1', name: 'stable/python-pytorch', tag: '2.4-py312-cuda12.4', registry: 'cr.example.org:5000', architecture: 'x86_64',
  digest: null, installed: true,
  labels: [
    { key: 'ai.backend.role', value: 'COMPUTE' },
    { key: 'ai.backend.features', value: 'batch query  uid-match' },
    { key: 'ai.backend.resource.min.cuda.shares', value: '0.1' },
    { key: 'ai.backend.resource.min.mem', value: '256m' },
    { key: 'ai.backend.resource.preferred.shmem', value: '1g' },
    { key: 'ai.backend.envs.corecount', value: 'OMP_NUM_THREADS,OPENBLAS_NUM_THREADS' },
    { key: 'ai.backend.service-ports', value: 'ipython:pty:3000,jupyter:http:8081,dask:http:[8080,8081]' },
  ],
  resource_limits: [{ key: 'cpu', min: '1' }, { key: 'mem', min: '1g' }, { key: 'tpu.device', min: null }],
  supported_accelerators: ['cuda'],
};
const image = (over: object = {}): Image => toImage({ ...record, ...over }) as Image;

describe('an image', () => {
  it('is read with what older managers tell (SES-R20, SES-R21, SES-R22)', () => {
    expect(image()).toMatchObject({
      reference: 'cr.example.org:5000/stable/python-pytorch:2.4-py312-cuda12.4',
      project: 'stable', baseName: 'python-pytorch', title: 'PyTorch', group: 'machineLearning', version: '2.4',
      minimum: { cpu: 1, mem: 2 ** 30, 'cuda.shares': 0.1 }, preferredShmem: 2 ** 30, role: 'COMPUTE',
      features: ['batch', 'query', 'uid-match'], coreCountVariables: ['OMP_NUM_THREADS', 'OPENBLAS_NUM_THREADS'],
      servicePorts: [{ name: 'jupyter', protocol: 'http', ports: [8081] }, { name: 'dask', protocol: 'http', ports: [8080, 8081] }],
    });
    expect(imageTags(image())).toEqual([{ name: 'Python', value: '3.12' }, { name: 'CUDA', value: '12.4' }]);
  });

  it('is read with what managers from 24.12 on tell', () => {
    const told = image({
      namespace: 'stable/ngc-pytorch', base_image_name: 'ngc-pytorch', version: '24.12',
      tags: [{ key: 'py', value: '3' }, { key: 'amd', value: '64' }],
    });
    expect(told).toMatchObject({ baseName: 'ngc-pytorch', version: '24.12', group: 'deepLearningToolkit' });
    expect(imageTags(told)).toEqual([{ name: 'Python', value: '3' }]);
  });

  it('is left out where it has no name', () => {
    expect(toImage({ ...record, name: null })).toBeNull();
  });

  it('suits accelerators by the part before the dot (SES-R23)', () => {
    expect(suitsAccelerator(image(), 'cuda.shares')).toBe(true);
    expect(suitsAccelerator(image(), 'rocm.device')).toBe(false);
    expect(suitsAccelerator(image({ supported_accelerators: [] }), 'rocm.device')).toBe(true);
    expect(suitsAccelerator(image({ supported_accelerators: ['*'] }), 'rocm.device')).toBe(true);
  });
});

describe('offeredImages', () => {
  it('hides private ones, other roles and what others customized (SES-061, SES-063)', () => {
    const customized = [
      ...record.labels,
      { key: 'ai.backend.customized-image.owner', value: 'user:u1' },
      { key: 'ai.backend.customized-image.name', value: 'my-env' },
    ];
    const mine = image({ id: 'mine', labels: customized, tag: '2.4-customized_0123456789abcdef' });
    const all = [
      image(),
      mine,
      image({ id: 'hidden', labels: [{ key: 'ai.backend.features', value: 'private' }] }),
      image({ id: 'serving', labels: [{ key: 'ai.backend.role', value: 'INFERENCE' }] }),
    ];
    expect(offeredImages(all, { myUuid: 'u1' }).map(({ id }) => id)).toEqual(['i1', 'mine']);
    expect(offeredImages(all, { myUuid: 'u2' }).map(({ id }) => id)).toEqual(['i1']);
    expect(imageTags(mine)).toEqual([{ name: 'Customized', value: 'my-env' }]);
  });

  it('narrows to the allowlist by any spelling of the name', () => {
    for (const name of ['python-pytorch', 'stable/python-pytorch', 'cr.example.org:5000/stable/python-pytorch']) {
      expect(offeredImages([image()], { myUuid: 'u', allowlist: [name] })).toHaveLength(1);
    }
    expect(offeredImages([image()], { myUuid: 'u', allowlist: ['python'] })).toHaveLength(0);
  });
});

describe('names, tags and order', () => {
  it('come from the table, else from the name (SES-R20)', () => {
    expect(imageFacts('r-base')).toEqual({ title: 'R', group: 'scientificLanguage' });
    expect(imageFacts('my-own_tool')).toEqual({ title: 'My Own Tool', group: 'custom' });
    expect(imageFacts('constructor').group).toBe('custom');
  });

  it('split the tag as the manager does', () => {
    expect(splitTag('4.3-ubuntu22.04-amd64')).toEqual({
      version: '4.3',
      tags: [{ key: 'ubuntu', value: '22.04' }, { key: 'amd', value: '64' }],
    });
    expect(splitTag('ubuntu18.04')).toEqual({ version: 'ubuntu18.04', tags: [] });
    expect(prettyTag({ key: 'strange', value: '9' })).toEqual({ name: 'strange', value: '9' });
  });

  it('put the newest version first, then the architecture (SES-R21)', () => {
    expect(['1.9', '1.15', '2.3', '24.12'].sort(compareImageVersions)).toEqual(['24.12', '2.3', '1.15', '1.9']);
    const order = [
      image({ id: 'a', tag: '1.15' }), image({ id: 'b', tag: '2.16', architecture: 'x86_64' }),
      image({ id: 'c', tag: '2.16', architecture: 'aarch64' }),
    ].sort(compareImages);
    expect(order.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
  });

  it('list the apps of an image', () => {
    expect(parseServicePorts(undefined)).toEqual([]);
    expect(parseServicePorts('vnc-web:http:6080, sftp:tcp:2200')).toEqual([
      { name: 'vnc-web', protocol: 'http', ports: [6080] },
      { name: 'sftp', protocol: 'tcp', ports: [2200] },
    ]);
  });
});
