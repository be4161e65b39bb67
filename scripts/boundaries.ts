import { readFileSync, writeFileSync } from 'node:fs';
import { cruiseSources } from './boundaries/cruise-sources.ts';
import { drawParts, putPicture } from './boundaries/draw-parts.ts';

/** Where the picture of the parts stands. */
const DOCUMENT = 'docs/architecture.md';

const { sources, breaches } = await cruiseSources();
writeFileSync(DOCUMENT, putPicture(readFileSync(DOCUMENT, 'utf8'), drawParts(sources)));
for (const { rule, from, to } of breaches) console.error(`${rule}: ${from} -> ${to}`);
if (breaches.length > 0) process.exitCode = 1;
