/**
 * Lets the build drop what the chat does not use of virtua: its grid, a tenth of the chat's own scripts.
 *
 * virtua 0.54.2 declares everything in one chain of `const a = …, b = …`, in which the minifier of Next 16
 * keeps an unused `VGrid` and all that it calls. Each component becomes a declaration of its own here.
 */
module.exports = function separateDeclarations(source) {
  const separate = source.replace(/^(\}\)+), (?=\w+ = )/gm, '$1;\nconst ');
  // Another version, another shape: whoever updates it looks again whether this is still needed.
  if (!/^const \w+ = \/\*#__PURE__\*\/ \w+\(\(\{[^)]*\bheaderRows\b/m.test(separate)) {
    throw new Error('patches/virtua.cjs was made for another version of virtua');
  }
  return separate;
};
