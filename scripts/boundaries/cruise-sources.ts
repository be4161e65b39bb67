import { cruise, type ICruiseResult } from 'dependency-cruiser';
import config from '../../dependency-cruiser.config.ts';

/** What the product is made of; tests, benchmarks and scripts stand outside. */
const SOURCES = ['server.ts', 'proxy.ts', 'app', 'components', 'lib', 'db'];

/** A source file with what it imports: project paths, `node_modules/…`, or the name of a part of Node.js. */
export type Source = { file: string; imports: { target: string; isTypeOnly: boolean; isNode: boolean }[] };

/** A breach of a rule of dependency-cruiser.config.ts. */
export type Breach = { rule: string; from: string; to: string };

/** Reads the imports of every source file under `root` and judges them by dependency-cruiser.config.ts. */
export async function cruiseSources(
  root: string = process.cwd(),
): Promise<{ sources: Source[]; breaches: Breach[] }> {
  const { forbidden, options } = config;
  const { output } = await cruise(
    SOURCES,
    { ...options, baseDir: root, validate: true, ruleSet: { forbidden } },
    options?.enhancedResolveOptions,
  );
  const { modules, summary } = output as ICruiseResult;
  return {
    sources: modules
      .filter(({ source }) => /^(server|proxy|app|components|lib|db)\b/.test(source))
      .map(toSource),
    breaches: summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
  };
}

function toSource({ source, dependencies }: ICruiseResult['modules'][number]): Source {
  return {
    file: source,
    imports: dependencies.map(({ resolved, dependencyTypes, coreModule }) => ({
      target: resolved,
      isTypeOnly: dependencyTypes.includes('type-only'),
      isNode: coreModule,
    })),
  };
}

/** Every source file that one loads, however far, itself among them; what is imported as a type is not loaded. */
export function findLoaded(sources: readonly Source[], first: string): Source[] {
  const byFile = new Map(sources.map((source) => [source.file, source]));
  const loaded = new Map<string, Source>();
  const queue = [first];
  for (const file of queue) {
    const source = byFile.get(file);
    if (!source || loaded.has(file)) continue;
    loaded.set(file, source);
    for (const { target, isTypeOnly } of source.imports) if (!isTypeOnly) queue.push(target);
  }
  return [...loaded.values()];
}
