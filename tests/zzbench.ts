import { openedCache, changeOf, customerFields, phoneFields, contactFields, ticketFields, taskFields, newId, testKey } from './support/cacheFixture.ts';
import { parseNumber } from '#shared/domain/numbers/parse.ts';
import fs from 'node:fs';
const N = Number(process.argv[2] ?? 100000);
const f = '/tmp/bench/c' + N;
fs.rmSync(f, {recursive:true, force:true}); fs.mkdirSync(f, {recursive:true});
const c = await openedCache(f);
let page: any[] = []; let rows = 0; let spent = 0; let n=0; let max=0;
const flush = async () => { const t=performance.now(); await c.apply(page, `1.${++n}`, 1); const d = performance.now()-t; spent += d; max=Math.max(max,d); rows += page.length; page=[]; if (n%100===0) console.log(n, rows, Math.round(rows/spent*1000), 'rows/s', 'max page ms', Math.round(max), Math.round(process.memoryUsage().rss/1e6)); };
const add = async (x:any) => { page.push(x); if (page.length>=2000) await flush(); };
const names=['张伟','王芳','李娜','刘洋','陈静','Anna Keller','欧阳娜娜'];
for (let i=0;i<N;i++) {
  const id = newId();
  await add(changeOf('customer', id, customerFields({name: names[i%7]! + i, profile:{city:{value:'上海',verifiedOn:null,source:'import'}}})));
  await add(changeOf('contactPoint', newId(), phoneFields(id, '+861' + String(3000000000 + i*7))));
  if (i % 10 === 0) { for (let k=0;k<25;k++) await add(changeOf('contact', newId(), contactFields(id, 1000+k)));
    await add(changeOf('ticket', newId(), ticketFields({customerId:id}))); await add(changeOf('task', newId(), taskFields({customerId:id}))); }
}
await flush();
console.log('apply', rows, 'rows', Math.round(rows/spent*1000), 'rows/s');
c.markFirstSyncDone();
let t = performance.now();
const hits = await c.search.customers('娜娜6', 5);
console.log('first search ms', Math.round(performance.now()-t), hits.length);
await c.close();
console.log('size MB', fs.readdirSync(f).map(n=>[n,Math.round(fs.statSync(f+'/'+n).size/1e6)]));
