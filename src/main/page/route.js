// What is shown, as the address says it behind the #.

/** `{view: 'list', search, state, environment}`, `{view: 'run', id}` or `{view: 'matrix', id}`. */
export function parse(fragment) {
  const [path, query = ''] = fragment.replace(/^#\/?/, '').split('?');
  const [view, id] = path.split('/');
  if (view === 'runs' && id) return { view: 'run', id };
  if (view === 'matrix') return { view: 'matrix', id: id || null };
  const said = new URLSearchParams(query);
  return {
    view: 'list',
    search: said.get('q') ?? '',
    state: said.get('state') ?? '',
    environment: said.get('env') ?? '',
  };
}

export const runAddress = (id) => `#/runs/${id}`;

export const matrixAddress = (id) => (id ? `#/matrix/${id}` : '#/matrix');

export function listAddress({ search = '', state = '', environment = '' } = {}) {
  const said = new URLSearchParams();
  if (search) said.set('q', search);
  if (state) said.set('state', state);
  if (environment) said.set('env', environment);
  const query = said.toString();
  return query ? `#/?${query}` : '#/';
}
