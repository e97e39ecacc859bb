// @vitest-environment jsdom
import { expect, it } from 'vitest';
import { captureLoginLink, takeLoginLink } from './login-link';

it('takes the token out of the address bar and hands it on once, with the other parameters (ACC-041, SEC-07)', () => {
  window.history.replaceState({ idx: 3 }, '', '/session?sToken=abc.def&region=seoul#top');
  captureLoginLink();
  expect(window.location.pathname + window.location.search + window.location.hash).toBe('/session?region=seoul#top');
  expect(window.history.state).toEqual({ idx: 3 });
  expect(takeLoginLink()).toEqual({ token: 'abc.def', extras: { region: 'seoul' } });
  expect(takeLoginLink()).toBeNull();
});

it('leaves other addresses alone (ACC-041)', () => {
  window.history.replaceState(null, '', '/session?token=x');
  captureLoginLink();
  expect(window.location.search).toBe('?token=x');
  expect(takeLoginLink()).toBeNull();
});
