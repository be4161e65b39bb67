/**
 * Leaves WebTransport out of the browser's scripts: the server offers WebSocket and polling.
 *
 * engine.io-client 6.6.8 names all three transports in one object, so the minifier keeps the third, with the
 * streams of engine.io-parser that it alone uses.
 */
module.exports = function dropWebTransport(source) {
  const kept = source.replace(/^import \{ WT \}.*\n/m, '').replace(/^\s*webtransport: WT,\n/m, '');
  // Another version, another shape: whoever updates it looks again whether this is still needed.
  if (source.length - kept.length < 50 || /\bWT\b/.test(kept)) {
    throw new Error('patches/engine.io-client.cjs was made for another version of engine.io-client');
  }
  return kept;
};
