import { spawnSync } from 'node:child_process';

/** Where a program of this machine is; undefined when it has none of that name. */
export function findCommand(name: string): string | undefined {
  return spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim() || undefined;
}

/** Whether Debian's packages can be installed here, which takes root. */
export function canInstall(): boolean {
  return process.getuid?.() === 0 && findCommand('apt-get') !== undefined;
}

/** Installs Debian's packages with what they need; false when one cannot be had. */
export function installPackages(names: string[]): boolean {
  const run = (args: string[]) =>
    spawnSync('apt-get', args, {
      stdio: 'ignore',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status === 0;
  run(['update', '-qq']);
  return run(['install', '-y', '-qq', '--no-install-recommends', ...names]);
}
