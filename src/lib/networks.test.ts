import { expect, it } from 'vitest';
import { isNetwork, readNetworks } from './networks';

it.each(['10.0.0.1', '10.0.0.0/8', '0.0.0.0/0', '255.255.255.255/32', '::1', '2001:db8::/32', 'fe80::1'])('%s is a network', (text) => {
  expect(isNetwork(text)).toBe(true);
});

it.each(['', '10.0.0', '10.0.0.256', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '::/129', 'example.org', '1:2', '10.0.0.1.', '[::1]'])('"%s" is none', (text) => {
  expect(isNetwork(text)).toBe(false);
});

it('takes a list apart and names what is wrong in it', () => {
  expect(readNetworks(' 10.0.0.0/8, nonsense ,, ::1')).toEqual({ networks: ['10.0.0.0/8', 'nonsense', '::1'], bad: ['nonsense'] });
});
