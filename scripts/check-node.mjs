// Runs on any Node.js version, before anything that needs a recent one.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (!(major > 22 || (major === 22 && minor >= 18)) || (major === 23 && minor < 6)) {
  console.error(
    `Dandul cannot start. Node.js ${process.versions.node} is too old: run npm ci (it brings Node.js 24 on Linux x64 and arm64), or install Node.js 24.`,
  );
  process.exit(1);
}
