// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { createCluster } from '../../cluster/cluster';
import { loggedIn } from '../test-calls';
import { createWire } from '../wire';

async function start(version: string) {
  const cluster = createCluster({ seed: 'demo', version });
  const caller = await loggedIn(createWire(cluster), 'user');
  const ask = async (query: string, path = '/func/admin/gql') => {
    const { status, body } = await caller.call('POST', path, { query });
    return [status, body];
  };
  return { cluster, ask };
}

describe('GraphQL by the manager\'s version', () => {
  it('`errors` is told without any from 26.3 on', async () => {
    expect(await (await start('26.2.5')).ask('{ user { email } }')).toEqual([200, { data: { user: { email: 'user@example.com' } } }]);
    expect(await (await start('26.3.0')).ask('{ user { email } }')).toEqual([200, { data: { user: { email: 'user@example.com' } }, errors: null }]);
  });

  it.each(['25.5.2', '26.8.1'])('%s tells nobody of its schema, and fails over what is no GraphQL', async (version) => {
    const { ask } = await start(version);
    const hidden = (name: string, column: number) => ({ message: `Cannot query '${name}': introspection is disabled.`, locations: [{ line: 1, column }] });
    expect(await ask('{ __schema { types { name } } nonsense }')).toEqual([200, { data: null, errors: [hidden('__schema', 3)] }]);
    const named = { data: { user: { __typename: 'User' } }, errors: null };
    expect(await ask('{ user { __typename } }')).toEqual([200, version === '26.8.1' ? named : { data: null, errors: [hidden('__typename', 10)] }]);
    expect(await ask('{ user {')).toMatchObject([500, { title: 'Internal server error.' }]);
    expect(await ask('{ user { nonsense } }')).toMatchObject([200, { data: null, errors: [{ message: "Cannot query field 'nonsense' on type 'User'." }] }]);
  });

  it('the first address refuses with what went wrong, and answers the data alone up to 26.2', async () => {
    const older = await start('25.5.2');
    expect(await older.ask('{ user { email } }', '/func/admin/graphql')).toEqual([200, { user: { email: 'user@example.com' } }]);
    expect(await older.ask('{ user { nonsense } }', '/func/admin/graphql')).toMatchObject([
      400,
      { type: 'https://api.backend.ai/probs/graphql-error', title: 'GraphQL-generated error.', data: [{ message: "Cannot query field 'nonsense' on type 'User'." }] },
    ]);
    expect(await (await start('26.8.1')).ask('{ user { email } }', '/func/admin/graphql')).toEqual([200, { data: { user: { email: 'user@example.com' } }, errors: null }]);
  });

  it('a frozen manager changes nothing', async () => {
    const { cluster, ask } = await start('26.8.1');
    cluster.state.managerStatus = 'frozen';
    const [session] = Object.values(cluster.state.sessions);
    expect(await ask(`mutation { modify_compute_session(input: { id: "${session?.id ?? ''}", name: "x" }) { item { name } } }`)).toMatchObject([
      200,
      { data: { modify_compute_session: null }, errors: [{ message: 'The server is frozen due to maintenance. Please try again later.', extensions: { code: 'api_access_unavailable' } }] },
    ]);
    expect(await ask('{ user { email } }')).toMatchObject([200, { errors: null }]);
  });
});
