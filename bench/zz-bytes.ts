import { startWorld } from './core/world.ts';
import { measurePageBytes } from './page/bytes.ts';
const world = await startWorld('servers');
try {
  const { bare, chat } = await measurePageBytes(world);
  console.log('over', (chat.gzip - bare.gzip) / 1000, 'bare', bare.gzip);
  for (const f of chat.files.sort((a, b) => b.gzip - a.gzip)) console.log(f.gzip, f.path);
} finally { await world.stop(); }
process.exit(0);
