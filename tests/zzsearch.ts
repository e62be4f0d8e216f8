import { openedCache } from './support/cacheFixture.ts';
const c = await openedCache('/tmp/bench/c1000000');
c.markFirstSyncDone();
const t0 = performance.now();
for (;;) { const t=performance.now(); const h = await c.search.customers('娜娜', 10); if (h.length===0) throw 1; if (performance.now()-t0 > 240000) break; await new Promise(r=>setTimeout(r,5000));
  const Sqlite = 0; }
for (let round=0; round<2; round++) for (const s of ['13000','张伟12','娜娜','Keller','张','+86 130 0000 7', 'keller 130', '999993']) { const t=performance.now(); const h=await c.search.customers(s, 10); console.log('search', s, h.length, (performance.now()-t).toFixed(1), h[0]?.name); }
console.log('rss', process.memoryUsage().rss/1e6|0);
await c.close();
