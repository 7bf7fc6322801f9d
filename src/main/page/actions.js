// What the page asks the server to do.

/** What may be done by whom the server has let in: each is missing that may not be done. */
export function actions(bus, poll, open, alone) {
  const ended = () => poll?.now();
  if (alone || bus.server.may === 'read') return { ended };
  const share = async (id) => {
    const { token } = await bus.request('tox.share', { id });
    return `${location.origin}/#token=${token}&run=${id}`;
  };
  return {
    ended,
    share: bus.server.may ? undefined : share,
    async cancel(id) {
      const { cancelled } = await bus.request('tox.cancel', { id });
      ended();
      if (cancelled === 0) throw new Error('It has ended already.');
    },
    async rerun(id, failed) {
      const body = { id: newId(), rerun: id, detach: true };
      if (failed) body.failed = true;
      await bus.request('tox.run', body);
      await poll.now();
      open(body.id);
    },
  };
}

/** A server may be reached by plain HTTP, where browsers have no randomUUID. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
