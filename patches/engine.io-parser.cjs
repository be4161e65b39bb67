/**
 * Leaves the reader of base64 out of the browser's scripts: the server sends no binary packets.
 *
 * engine.io-parser 5.2.3 brings its own for packets that come by polling.
 */
module.exports = function dropBase64(source) {
  const kept = source.replace(
    /^import \{ decode \} from "\.\/contrib\/base64-arraybuffer\.js";$/m,
    'const decode = () => { throw new Error("a binary packet"); };',
  );
  // Another version, another shape: whoever updates it looks again whether this is still needed.
  if (kept === source) {
    throw new Error('patches/engine.io-parser.cjs was made for another version of engine.io-parser');
  }
  return kept;
};
